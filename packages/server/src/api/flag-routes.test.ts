import {
  createFlagKeys,
  createFlags,
  createFlagStore,
  createSystemClock,
  openSqliteDatabase,
  type StartOrder,
} from '@slipway/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashToken } from '../auth/access.ts';
import { type App, buildApp } from './app.ts';
import { BEARER, fakeServices } from './testing/fake-services.ts';

const SET = '/api/v1/flags/shop.production';
const FLAGS = `flags:
  sale:
    state: ENABLED
    variants: { "on": true, "off": false }
    defaultVariant: "off"
    metadata: { type: release, owner: shop, purpose: The sale, expires: "2999-01-31" }
  look/v2:
    state: ENABLED
    variants: { old: a, new: b, newest: c }
    defaultVariant: old
    metadata: { type: ops, owner: shop, purpose: Looks, expires: never, "off": old }
$evaluators:
  internal: { ends_with: [ { var: email }, "@shop.example" ] }
`;

let app: App;
let started: StartOrder[];
const bearers: Record<string, { authorization: string }> = { ada: BEARER };

beforeEach(async () => {
  started = [];
  const database = await openSqliteDatabase(':memory:');
  const clock = createSystemClock();
  const flags = createFlags({ store: createFlagStore(database), clock, changes: null, onError: () => undefined });
  await flags.open();
  const start = async (order: StartOrder) => {
    started.push(order);
    return { ok: true, launch: { id: `${order.plan.launch}-1` }, next: null } as never;
  };
  const services = await fakeServices({ flags, flagKeys: createFlagKeys(database), engine: { start } });
  for (const [person, role, letter] of [
    ['bob', 'operator', 'b'],
    ['mia', 'member', 'm'],
    ['vic', 'viewer', 'v'],
  ] as const) {
    const token = `slipway_${letter.repeat(43)}`;
    await services.tokens.add({ id: person, person: `${person}@shop.example`, role, createdAt: 1 }, hashToken(token));
    bearers[person] = { authorization: `Bearer ${token}` };
  }
  app = await buildApp(services);
});

async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  by = 'ada',
  language = 'en',
) {
  const headers = { ...bearers[by], host: 'localhost', 'accept-language': language };
  const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

const apply = (changes: object = {}) =>
  call('POST', `${SET}/apply`, { files: [{ file: 'flags.yaml', text: FLAGS }], create: true, ...changes });
const command = (body: object, by = 'ada') => call('POST', `${SET}/commands`, body, by);
const kill = (flag: string, by = 'ada') =>
  call('POST', `${SET}/flags/${encodeURIComponent(flag)}/kill`, { reason: 'wrong price' }, by);
const sentence = async (flag: string, language = 'en') =>
  (await call('GET', `${SET}/flags/${encodeURIComponent(flag)}`, undefined, 'vic', language)).body.sentence;

describe('applying files', () => {
  it('makes the set where that is said, tells what changed, and changes nothing the second time', async () => {
    expect((await apply({ create: false })).status).toBe(404);
    const first = await apply();
    expect(first.body).toMatchObject({ created: true, dryRun: false, proposed: [] });
    expect(
      first.body.changes.map((each: { of: string; name: string; change: string }) => [each.of, each.name, each.change]),
    ).toEqual(
      expect.arrayContaining([
        ['flag', 'sale', 'added'],
        ['flag', 'look/v2', 'added'],
        ['segment', 'internal', 'added'],
      ]),
    );
    expect((await apply()).body).toMatchObject({ created: false, changes: [], version: first.body.version });
  });

  it('in a dry run tells the same and changes nothing', async () => {
    const dry = await apply({ dryRun: true });
    expect(dry.body).toMatchObject({ created: true, dryRun: true, version: 0 });
    expect(dry.body.changes).toHaveLength(3);
    expect((await call('GET', '/api/v1/flags')).body).toEqual({ sets: [] });
  });

  it('removes what the same file has no more', async () => {
    await apply();
    const text = FLAGS.replace(/ {2}sale:[^]*?(?= {2}look)/, '').replace('purpose: Looks', 'purpose: How it looks');
    const { body } = await apply({ files: [{ file: 'flags.yaml', text }] });
    expect(body.changes.map((each: { name: string; change: string }) => [each.name, each.change]).toSorted()).toEqual([
      ['look/v2', 'changed'],
      ['sale', 'removed'],
    ]);
  });

  it('refuses a wrong file at its place, before anything is changed', async () => {
    const wrong = { file: 'wrong.yaml', text: 'flags:\n  x: { state: MAYBE }\n' };
    const { status, body } = await apply({ files: [{ file: 'flags.yaml', text: FLAGS }, wrong] });
    expect([status, body.code]).toEqual([422, 'wrong-input']);
    expect(body.problems[0]).toMatch(/^wrong\.yaml:2:\d+: /);
    expect((await call('GET', '/api/v1/flags')).body).toEqual({ sets: [] });
  });
});

it('validates files without a set, each problem at its line and column', async () => {
  const files = [
    { file: 'good.yaml', text: FLAGS },
    { file: 'bad.json', text: '{"flags":\n {"x": 1}}' },
  ];
  const { status, body } = await call('POST', '/api/v1/flags/validate', { files }, 'vic');
  expect([status, body.ok, body.flags]).toEqual([200, false, 2]);
  expect(body.problems[0]).toMatchObject({ file: 'bad.json', line: 2, severity: 'error' });
});

describe('who gets what now', () => {
  beforeEach(() => apply());
  const ramp = { segments: ['internal'], share: { percent: 25, of: null } };

  it.each<[string, object[], string, string, string]>([
    ['as defined', [], 'sale', 'off for everybody', 'off pour tous'],
    [
      'a ramp',
      [{ type: 'ramp', flag: 'sale', ramp }],
      'sale',
      'on for segment internal and 25 % of everybody; all others: off',
      'on pour segment internal et 25 % de tous; les autres : off',
    ],
    [
      'a share of a segment',
      [{ type: 'ramp', flag: 'look/v2', ramp: { variant: 'new', share: { percent: 12.5, of: 'internal' } } }],
      'look/v2',
      'new for 12.5 % of segment internal; all others: old',
      'new pour 12,5 % parmi : segment internal; les autres : old',
    ],
    [
      'a ramp that ended',
      [
        { type: 'ramp', flag: 'sale', ramp },
        { type: 'end-ramp', flag: 'sale' },
      ],
      'sale',
      'off for everybody',
      'off pour tous',
    ],
  ])('%s', async (_, commands, flag, english, french) => {
    for (const each of commands) expect((await command(each)).status).toBe(200);
    expect([await sentence(flag), await sentence(flag, 'fr')]).toEqual([english, french]);
  });

  it('a kill, with who and why; a list names it; what somebody would get is off', async () => {
    await command({ type: 'ramp', flag: 'sale', ramp: { share: { percent: 100, of: null } } });
    const asked = { flag: 'sale', context: { targetingKey: 'u1' } };
    expect((await call('POST', `${SET}/evaluate`, asked, 'vic')).body).toMatchObject({ variant: 'on', value: true });
    expect((await kill('sale')).body).toMatchObject({
      events: 1,
      sentence: expect.stringContaining('off for everybody: killed by'),
    });
    expect(await sentence('sale')).toBe('off for everybody: killed by ada@shop.example because: wrong price');
    expect((await call('POST', `${SET}/evaluate`, asked, 'vic')).body).toMatchObject({ variant: 'off', value: false });
    expect((await call('GET', '/api/v1/flags?flag=sale')).body.sets).toMatchObject([{ killed: ['sale'] }]);
    expect((await call('GET', '/api/v1/flags?flag=nothing')).body.sets).toEqual([]);
  });

  it('its history, newest first, in words', async () => {
    await kill('sale');
    const { body } = await call('GET', `${SET}/history?flag=sale&limit=2`, undefined, 'vic');
    expect(body.entries.map((each: { what: string }) => each.what)).toEqual([
      'sale was killed because: wrong price',
      'sale was defined by flags.yaml',
    ]);
  });
});

describe('refusals', () => {
  beforeEach(() => apply());

  it.each<[string, object, number, RegExp]>([
    ['no such flag', { type: 'ramp', flag: 'x', ramp: { share: { percent: 1, of: null } } }, 404, /no flag x/],
    ['nobody', { type: 'ramp', flag: 'sale', ramp: {} }, 422, /say who gets it/],
    [
      'several variants',
      { type: 'ramp', flag: 'look/v2', ramp: { share: { percent: 1, of: null } } },
      422,
      /new, newest/,
    ],
    ['4 decimals', { type: 'ramp', flag: 'sale', ramp: { share: { percent: 0.0001, of: null } } }, 400, /decimals/],
    ['the past', { type: 'schedule', flag: 'sale', at: 1, change: { kind: 'end-ramp' } }, 422, /passed/],
    ['a kill without a reason', { type: 'schedule', flag: 'sale', at: 1, change: { kind: 'kill' } }, 422, /reason/],
    ['of a file', { type: 'remove', flag: 'sale' }, 409, /flags\.yaml/],
    ['no such proposal', { type: 'approve', proposal: 'x' }, 404, /no proposal/],
    [
      'a flag the file has not',
      { type: 'define', flag: 'x', file: 'f.yaml', text: FLAGS },
      422,
      /defines no flag x; it has sale/,
    ],
  ])('%s', async (_, body, status, words) => {
    const answer = await command(body);
    expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(words)]);
  });

  it.each<[string, string, () => Promise<{ status: number }>, number]>([
    ['a viewer', 'kill', () => kill('sale', 'vic'), 403],
    ['a member', 'kill', () => kill('sale', 'mia'), 200],
    ['a member', 'lift a kill', () => call('POST', `${SET}/flags/sale/unkill`, { reason: 'x' }, 'mia'), 403],
    ['a member', 'change', () => command({ type: 'end-ramp', flag: 'sale' }, 'mia'), 403],
    ['an operator', 'change', () => command({ type: 'end-ramp', flag: 'sale' }, 'bob'), 200],
    [
      'an operator',
      'set the policy',
      () => call('PUT', `${SET}/policy`, { approvals: 0, channels: {}, language: 'en' }, 'bob'),
      403,
    ],
    ['an operator', 'make keys', () => call('POST', `${SET}/keys`, { kind: 'server' }, 'bob'), 403],
    ['a viewer', 'look', () => call('GET', SET, undefined, 'vic'), 200],
  ])('%s may %s or not', async (_, __, ask, status) => {
    expect((await ask()).status).toBe(status);
  });

  it.each(['shop', 'Shop.production', 'a.b.c', `${'x'.repeat(70)}.${'y'.repeat(70)}`])(
    '%s names no set',
    async (set) => {
      expect((await call('GET', `/api/v1/flags/${set}`)).status).toBe(400);
    },
  );
});

it('a ramp over time is a share now and the others when their time has come', async () => {
  await apply();
  const ramp = { share: { percent: 10, of: null } };
  const { body } = await command({
    type: 'ramp-over-time',
    flag: 'sale',
    ramp,
    to: 100,
    over: 7_200_000,
    every: 3_000_000,
  });
  expect(body.events).toBe(4);
  const { body: set } = await call('GET', SET);
  expect(set.scheduled.map((each: { what: string }) => each.what)).toEqual([
    'ramp sale: on for 40 % of everybody',
    'ramp sale: on for 70 % of everybody',
    'ramp sale: on for 100 % of everybody',
  ]);
  const times = set.scheduled.map((each: { at: number }) => each.at);
  expect([times[1] - times[0], times[2] - times[1]]).toEqual([3_000_000, 1_200_000]);
  const [first] = set.scheduled;
  expect((await command({ type: 'cancel', schedule: first.id })).body.events).toBe(1);
  expect((await call('GET', SET)).body.scheduled).toHaveLength(2);
});

describe('four eyes, and who is told', () => {
  const policy = {
    approvals: 1,
    channels: { team: { provider: 'file', config: { path: 'kills.md' } } },
    language: 'fr',
  };
  beforeEach(async () => {
    await apply();
    await call('PUT', `${SET}/policy`, policy);
  });

  it('a change waits for another person', async () => {
    const asked = { type: 'ramp', flag: 'sale', ramp: { share: { percent: 5, of: null } }, reason: 'first look' };
    expect((await command({ ...asked, reason: '' })).status).toBe(422);
    const { body } = await command(asked);
    const [proposal] = body.proposed;
    expect((await call('GET', SET)).body.proposals).toMatchObject([
      { id: proposal, what: 'ramp sale: on for 5 % of everybody', reason: 'first look', by: 'ada@shop.example' },
    ]);
    expect((await command({ type: 'approve', proposal })).status).toBe(409);
    expect((await command({ type: 'approve', proposal }, 'bob')).body.events).toBe(2);
    expect(await sentence('sale')).toMatch(/^on for 5 %/);
  });

  it('a kill waits for nobody and is told; its end is told when it is approved', async () => {
    const killed = await kill('sale', 'mia');
    expect(killed.body).toMatchObject({ proposed: [], problem: null, announced: `${started[0]?.plan.launch}-1` });
    const unkill = await call('POST', `${SET}/flags/sale/unkill`, { reason: 'mended' });
    expect([unkill.body.proposed.length, started.length]).toEqual([1, 1]);
    await command({ type: 'approve', proposal: unkill.body.proposed[0] }, 'bob');
    expect(started.map(({ plan }) => plan.title)).toEqual([
      'sale est coupé dans shop.production',
      'sale sert de nouveau dans shop.production',
    ]);
  });

  it('a policy whose channels no plan may have is refused', async () => {
    const channels = { team: { provider: 'file', config: { paht: 'kills.md' } } };
    const { status, body } = await call('PUT', `${SET}/policy`, { ...policy, channels });
    expect([status, body.message]).toEqual([
      422,
      expect.stringMatching(/^the channels of the policy are wrong: [^:]*paht/),
    ]);
  });
});

it('keys are shown once, listed without their secret, and revoked', async () => {
  await apply();
  const { status, body } = await call('POST', `${SET}/keys`, { kind: 'client' });
  expect([status, body.key]).toEqual([201, expect.stringMatching(/^slipway_flags_[\w-]{43}$/)]);
  const listed = await call('GET', `${SET}/keys`);
  expect(listed.body).toEqual([
    { id: body.id, set: 'shop.production', kind: 'client', createdBy: 'ada@shop.example', createdAt: body.createdAt },
  ]);
  expect((await call('DELETE', `/api/v1/flags/shop.staging/keys/${body.id}`)).status).toBe(404);
  expect((await call('DELETE', `${SET}/keys/${body.id}`)).status).toBe(204);
  expect((await call('GET', `${SET}/keys`)).body).toEqual([]);
});

it('says what it serves, and how far the newest change has come', async () => {
  await apply();
  await kill('sale');
  const { body } = await call('GET', `${SET}/status`, undefined, 'vic');
  expect(body).toMatchObject({ set: 'shop.production', staleSince: null, trouble: null, streams: 0, delivery: null });
  expect((await call('GET', `${SET}/stale`, undefined, 'vic')).body).toEqual({ set: 'shop.production', flags: [] });
});
