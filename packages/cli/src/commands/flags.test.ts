import type { FlagSetStatus } from '@slipway/contract';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { APPLIED, DONE, FLAG, FLAG_SET, FLAG_STATUS, KILLED, STALE_FLAGS } from '../testing/sample-flags.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

interface Sent {
  readonly asked: string;
  readonly body: unknown;
}

let folder: string;
let api: Listening;
let sent: Sent[];
/** What is answered, by the method and the end of the path. */
let answers: Record<string, unknown>;
const AT = '/api/v1/flags/shop.production';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-flags-'));
  sent = [];
  answers = { 'POST commands': DONE };
  api = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const asked = `${request.method} ${request.url}`;
      sent.push({ asked, body: body === '' ? null : JSON.parse(body) });
      const [path = ''] = asked.split('?');
      const found = Object.entries(answers).find(([key]) => {
        const [method = '', end = ''] = key.split(' ');
        return path.startsWith(`${method} `) && path.endsWith(end);
      });
      answer(response, found === undefined ? 404 : 200, found?.[1] ?? { code: 'not-found', message: `no ${asked}` });
    });
  });
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const input = (text: string) => {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  stream.end(text);
  return stream;
};

function slipway(...argv: readonly string[]): Promise<Ran> {
  return typed(null, ...argv);
}

function typed(text: string | null, ...argv: readonly string[]): Promise<Ran> {
  const env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
  return runCommand(argv, { cwd: folder, env, ...(text === null ? {} : { input: input(text) }) });
}

const SALE = ['shop.production', 'sale'] as const;
const HOUR = 3_600_000;

describe('what is sent', () => {
  test.each<[string, readonly string[], object]>([
    [
      'a share',
      ['ramp', ...SALE, '--percent', '25'],
      { type: 'ramp', ramp: { segments: [], share: { percent: 25, of: null } } },
    ],
    [
      'segments and a share of one',
      [
        'ramp',
        ...SALE,
        '--segment',
        'a',
        '--segment',
        'b',
        '--percent',
        '2.5%',
        '--of',
        'c',
        '--variant',
        'on',
        '--cohort',
        'x',
      ],
      { type: 'ramp', ramp: { segments: ['a', 'b'], share: { percent: 2.5, of: 'c' }, variant: 'on', cohort: 'x' } },
    ],
    [
      'a ramp over time',
      ['ramp', ...SALE, '--percent', '5', '--to', '100', '--over', '6h', '--every', '30m'],
      {
        type: 'ramp-over-time',
        to: 100,
        over: 6 * HOUR,
        every: HOUR / 2,
        ramp: { segments: [], share: { percent: 5, of: null } },
      },
    ],
    ['the end of a ramp', ['end-ramp', ...SALE], { type: 'end-ramp' }],
    ['a removal', ['remove', ...SALE], { type: 'remove' }],
    [
      'a kill to come',
      ['schedule', ...SALE, '--at', '2026-11-24T10:00Z', '--kill', '--reason', 'the sale ends'],
      { type: 'schedule', at: Date.UTC(2026, 10, 24, 10), change: { kind: 'kill' }, reason: 'the sale ends' },
    ],
    [
      'the end of a ramp to come, in the zone of this machine',
      ['schedule', ...SALE, '--at', '2026-11-24T10:00', '--end-ramp'],
      { type: 'schedule', at: new Date(2026, 10, 24, 10).getTime(), change: { kind: 'end-ramp' } },
    ],
    [
      'a share to come',
      ['schedule', ...SALE, '--at', '2026-11-24T10:00+01:00', '--percent', '50'],
      {
        type: 'schedule',
        at: Date.UTC(2026, 10, 24, 9),
        change: { kind: 'ramp', ramp: { segments: [], share: { percent: 50, of: null } } },
      },
    ],
  ])('%s', async (_, argv, body) => {
    const { code, out } = await slipway('flags', ...argv);
    expect(sent).toEqual([{ asked: `POST ${AT}/commands`, body: { flag: 'sale', reason: '', ...body } }]);
    expect([code, out]).toEqual([0, 'Done: shop.production is at version 8.\n']);
  });

  test.each<[string, readonly string[], object]>([
    ['approve', ['p1'], { type: 'approve', proposal: 'p1' }],
    ['reject', ['p1', '--reason', 'no'], { type: 'reject', proposal: 'p1', reason: 'no' }],
    ['cancel', ['s1'], { type: 'cancel', schedule: 's1', reason: '' }],
  ])('%s', async (verb, argv, body) => {
    await slipway('flags', verb, 'shop.production', ...argv);
    expect(sent).toEqual([{ asked: `POST ${AT}/commands`, body }]);
  });

  test('a change that waits says what the other person types', async () => {
    answers = { 'POST commands': { ...DONE, proposed: ['p1'] } };
    expect((await slipway('flags', 'end-ramp', ...SALE)).out).toBe(
      'It waits for another person: slipway flags approve shop.production p1\n',
    );
  });
});

test.each<[string, readonly string[], RegExp]>([
  ['nobody', ['ramp', ...SALE], /--percent, --segment, or both/],
  ['a share of nothing', ['ramp', ...SALE, '--segment', 'a', '--of', 'b'], /give --percent/],
  ['no number', ['ramp', ...SALE, '--percent', 'many'], /--percent is a number from 0 to 100/],
  ['too much', ['ramp', ...SALE, '--percent', '101'], /from 0 to 100/],
  ['half a ramp over time', ['ramp', ...SALE, '--percent', '1', '--over', '6h'], /--to, --over and --every/],
  [
    'no time',
    ['ramp', ...SALE, '--percent', '1', '--over', '6 hours', '--to', '9', '--every', '1h'],
    /--over is a time such as/,
  ],
  ['nothing to schedule', ['schedule', ...SALE, '--at', '2026-11-24T10:00'], /one thing to schedule/],
  [
    'two things',
    ['schedule', ...SALE, '--at', '2026-11-24T10:00', '--kill', '--percent', '5'],
    /one thing to schedule/,
  ],
  ['a kill without a reason', ['schedule', ...SALE, '--at', '2026-11-24T10:00', '--kill'], /--reason/],
  [
    'a day that is not',
    ['schedule', ...SALE, '--at', '2027-02-31T10:00', '--end-ramp'],
    /"2027-02-31T10:00" is no time/,
  ],
  ['no date', ['schedule', ...SALE, '--at', 'tomorrow', '--end-ramp'], /"tomorrow" is no time/],
  ['no context', ['evaluate', ...SALE, '--context', '[1]'], /no JSON object/],
  ['no reason', ['reject', 'shop.production', 'p1'], /--reason <text> is missing/],
  ['no such file', ['validate', 'nowhere.yaml'], /nowhere\.yaml cannot be read/],
  ['no number of entries', ['history', 'shop.production', '--limit', '0'], /--limit is a whole number/],
])('%s is refused before anything is sent', async (_, argv, words) => {
  const { code, errors } = await slipway('flags', ...argv);
  expect([code, errors]).toEqual([2, expect.stringMatching(words)]);
  expect(sent).toEqual([]);
});

describe('apply', () => {
  beforeEach(() => {
    writeFileSync(join(folder, 'shop.yaml'), 'flags: {}\n');
    answers = { 'POST apply': APPLIED, 'GET flags': { sets: [] } };
  });
  const apply = ['flags', 'apply', './shop.yaml', '--set', 'shop.production'] as const;
  const applied = () => sent.filter(({ asked }) => asked.endsWith('/apply')).map(({ body }) => body);

  test('with --create makes the set; a file has one name however it is written', async () => {
    const { code, out } = await slipway(...apply, '--create');
    expect(applied()).toMatchObject([
      { files: [{ file: 'shop.yaml', text: 'flags: {}\n' }], create: true, dryRun: false, bucketing: 'v2' },
    ]);
    expect([code, out]).toEqual([0, expect.stringContaining('  added flag sale · flags/shop.yaml\n')]);
  });

  test('without it, and without a terminal, is refused', async () => {
    const { code, errors } = await slipway(...apply);
    expect([code, errors, applied()]).toEqual([2, expect.stringContaining('make it with --create'), []]);
  });

  test.each<[string, number, number]>([
    ['y\n', 0, 1],
    ['\n', 130, 0],
    ['', 130, 0],
  ])('asks on a terminal: %j', async (text, code, times) => {
    expect([(await typed(text, ...apply)).code, applied().length]).toEqual([code, times]);
  });

  test('asks nothing where the set is there, nor in a dry run', async () => {
    answers['GET flags'] = { sets: [{ set: 'shop.production', version: 1, flags: 0, killed: [] }] };
    expect((await slipway(...apply)).code).toBe(0);
    answers = { 'POST apply': { ...APPLIED, dryRun: true, proposed: [] } };
    const { out } = await slipway(...apply, '--dry-run');
    expect(out).toContain(
      'shop.production would be made.\nshop.production would change: 2 changes. Nothing was changed.\n',
    );
  });
});

test('validate tells each problem at its place', async () => {
  writeFileSync(join(folder, 'shop.yaml'), 'flags: 1\n');
  const problem = {
    file: 'shop.yaml',
    line: 1,
    column: 8,
    path: 'flags',
    message: 'a map is needed',
    expected: null,
    severity: 'error',
  };
  answers = { 'POST validate': { ok: false, problems: [problem], flags: 0 } };
  expect(await slipway('flags', 'validate', 'shop.yaml')).toEqual({
    code: 2,
    out: 'shop.yaml:1:8: a map is needed\n1 error; nothing was changed\n',
    errors: '',
  });
});

test('policy takes channels as a launch plan has them', async () => {
  writeFileSync(join(folder, 'policy.yaml'), 'approvals: 1\nchannels: { team: { file: { path: kills.md } } }\n');
  writeFileSync(join(folder, 'wrong.yaml'), 'approvals: 2\n');
  answers = { 'PUT policy': DONE };
  await slipway('flags', 'policy', 'shop.production', '--file', 'policy.yaml');
  const body = { approvals: 1, channels: { team: { provider: 'file', config: { path: 'kills.md' } } }, language: 'en' };
  expect(sent).toEqual([{ asked: `PUT ${AT}/policy`, body }]);
  const { code, errors } = await slipway('flags', 'policy', 'shop.production', '--file', 'wrong.yaml');
  expect([code, errors]).toEqual([2, expect.stringMatching(/approvals: .*\nslipway: wrong\.yaml is no policy/)]);
});

test('the history of a flag that never was says so', async () => {
  answers = { 'GET history': { set: 'shop.production', entries: [] } };
  expect((await slipway('flags', 'history', 'shop.production', 'sael')).out).toMatch(
    /^Nothing has happened to a flag sael/,
  );
  expect((await slipway('flags', 'history', 'shop.production')).out).toBe('Nothing has happened yet.\n');
});

test('stale is a success, unless --check asks for a failure', async () => {
  answers = { 'GET stale': STALE_FLAGS };
  expect((await slipway('flags', 'stale', 'shop.production')).code).toBe(0);
  expect((await slipway('flags', 'stale', 'shop.production', '--check')).code).toBe(1);
  answers = {
    'GET stale': STALE_FLAGS,
    'GET flags': { sets: [{ set: STALE_FLAGS.set, version: 1, flags: 1, killed: [] }] },
  };
  expect((await slipway('flags', 'stale')).out).toMatch(
    /^shop\.production\nsale · shop-team\n.*\n {2}next: take it out of the code/,
  );
  expect(sent.slice(-2).map(({ asked }) => asked)).toEqual(['GET /api/v1/flags', `GET ${AT}/stale`]);
  expect((await slipway('flags', 'stale', '--check')).code).toBe(1);
  expect(JSON.parse((await slipway('flags', 'stale', '--json')).out)).toEqual({ sets: [STALE_FLAGS] });
  answers = { 'GET stale': { ...STALE_FLAGS, flags: [] } };
  expect((await slipway('flags', 'stale', 'shop.production', '--check')).code).toBe(0);
});

test('show answers a machine with exactly what the server says', async () => {
  answers = { 'GET sale': FLAG, 'GET shop.production': FLAG_SET };
  expect(JSON.parse((await slipway('flags', 'show', ...SALE, '--json')).out)).toEqual(FLAG);
  expect(JSON.parse((await slipway('flags', 'list', 'shop.production', '--json')).out)).toEqual(FLAG_SET);
});

describe('kill', () => {
  const found = (...sets: readonly string[]) => ({
    sets: sets.map((set) => ({ set, version: 1, flags: 1, killed: [] })),
  });
  const arrived: FlagSetStatus = {
    ...FLAG_STATUS,
    version: 8,
    delivery: { version: 8, at: 0, told: 12, fetched: 12, lastFetchedAt: 35 },
  };
  beforeEach(() => {
    answers = {
      'GET flags': found('shop.production'),
      'POST kill': KILLED,
      'POST unkill': KILLED,
      'GET status': arrived,
    };
  });

  test.each(['kill', 'unkill'])(
    '%s finds the only set that has the flag, and says what holds and who knows',
    async (verb) => {
      const { code, out } = await slipway(verb, 'sale', '--reason', 'wrong price');
      expect(sent.map(({ asked }) => asked)).toEqual([
        'GET /api/v1/flags?flag=sale',
        `POST ${AT}/flags/sale/${verb}`,
        `GET ${AT}/status`,
      ]);
      expect(sent[1]?.body).toEqual({ reason: 'wrong price' });
      expect(code).toBe(0);
      expect(out).toContain(
        'sale (shop.production): off for everybody: killed by ada because: wrong price\nIn force since ',
      );
      expect(out).toContain(
        '12 connected clients were told; 12 of them have asked again since, the last after 35 ms.\n',
      );
      expect(out).toContain('The channels are told by launch kill-sale-3f9a12bc-1.\n');
    },
  );

  test('looks up no set that is named, and a key that is a path stays one', async () => {
    await slipway('kill', 'a/b', '--set', 'shop.production', '--reason', 'x');
    expect(sent[0]?.asked).toBe(`POST ${AT}/flags/a%2Fb/kill`);
  });

  test.each<[string, readonly string[], RegExp]>([
    ['several', ['shop.production', 'shop.staging'], /name one with --set: shop\.production, shop\.staging/],
  ])('of a flag that %s has is refused', async (_, sets, words) => {
    answers['GET flags'] = found(...sets);
    const { code, errors } = await slipway('kill', 'sale', '--reason', 'x');
    expect([code, errors, sent.length]).toEqual([2, expect.stringMatching(words), 1]);
  });

  test('of a flag that none has names those that may be meant', async () => {
    answers['GET flags'] = { sets: [] };
    const { code, errors } = await slipway('kill', 'sale', '--reason', 'x');
    expect([code, errors]).toEqual([2, expect.stringMatching(/no flag set has a flag sale: .*with the name of one/)]);
  });

  test('needs a reason that says something', async () => {
    expect((await slipway('kill', 'sale')).errors).toContain('--reason <text> is missing');
    expect((await slipway('kill', 'sale', '--reason', ' ')).errors).toContain('--reason: it is empty');
    expect((await slipway('kill', 'sale', '--reason', 'x'.repeat(1001))).errors).toContain('longer than 1000');
    expect(sent).toEqual([]);
  });

  test('is done when it is in force: what cannot be asked afterwards is left open', async () => {
    delete answers['GET status'];
    const { code, out } = await slipway('kill', 'sale', '--reason', 'x');
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('12 connected clients were told; 3 of them have asked again since'),
    ]);
  });

  test('waits 2 seconds at most for clients that do not ask', async () => {
    answers['GET status'] = { ...arrived, delivery: { ...arrived.delivery, fetched: 11 } };
    const { code, out } = await slipway('kill', 'sale', '--reason', 'x', '--json');
    expect([code, JSON.parse(out).delivery.fetched]).toEqual([0, 11]);
    expect(sent.length).toBeLessThan(25);
  });
});
