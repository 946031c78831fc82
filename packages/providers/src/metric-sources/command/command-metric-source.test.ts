import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createTemporaryDirectory,
  describeGaugeConformance,
  describeMetricSourceConformance,
  expectNamedError,
  expectNoSecrets,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { ARMS, readWith } from '../testing/read-with.ts';
import { commandMetricSource } from './index.ts';

const TOKEN = 'top-secret-token';
/** Prints the counts of a version that is in the folder; says no to a wrong token. */
const COUNTS =
  'test "$TOKEN" = top-secret-token || { echo "permission denied: check TOKEN" >&2; exit 4; }; cat "$1.json"';
const counting = (version: string, token = 'TOKEN') => ({
  argv: ['sh', '-c', COUNTS, 'sh', version],
  env: { TOKEN: { env: token } },
});
const script = (text: string) => ({ argv: ['sh', '-c', text] });

describeMetricSourceConformance(
  commandMetricSource,
  async () => {
    const directory = await createTemporaryDirectory();
    let total = 100;
    const write = async () => {
      for (const version of ['2.5.0', '2.4.0'])
        await writeFile(join(directory.path, `${version}.json`), `${JSON.stringify({ bad: 2, total })}\n`);
    };
    await write();
    return {
      directory,
      context: { directory: directory.path, secrets: { TOKEN, WRONG: 'another-token' } },
      broken: { directory: '/no/such/folder', secrets: { TOKEN } },
      queries: [counting('{version}')] as const,
      arms: ARMS,
      more: async () => {
        total += 10;
        await write();
      },
      [Symbol.asyncDispose]: directory.remove,
    };
  },
  {
    'no answer in time': {
      query: () => ({ ...script('sleep 300'), timeout: '300ms' }),
      says: /had not ended after 300ms and was ended: make it faster/,
      endless: {
        // It ignores the request to end, as a bad program does.
        query: () => ({ ...script('trap "" TERM; touch "begun-$SLIPWAY_VERSION"; sleep 5'), timeout: '5s' }),
        begun: async ({ directory }) =>
          void (await vi.waitUntil(() => existsSync(join(directory.path, 'begun-2.5.0')))),
      },
    },
    'an empty answer': { query: () => script('true'), says: /sh printed nothing: print/ },
    'a number that is none': { query: () => script(`echo '{"bad":1e999,"total":5}'`), says: /bad is Infinity: give/ },
    'a stale sample': {
      query: () => script(`echo '{"bad":1,"total":5,"at":"2020-01-01T00:00:00Z"}'`),
      says: /newest sample is \d+d\S* old, older than fresh: 1m/,
    },
    'a wrong type': { query: () => script(`echo '{"bad":"1","total":5}'`), says: /bad is a text, not a number: give/ },
    'refused credentials': {
      query: () => counting('{version}', 'WRONG'),
      says: /sh exited with 4, last line: permission denied: check TOKEN/,
    },
  },
);

const memory = (text: string) => ({ ...script(text), value: 'memory', unit: 'bytes' });

describeGaugeConformance(
  commandMetricSource,
  async () => {
    const directory = await createTemporaryDirectory();
    const write = async (value: number) =>
      await writeFile(join(directory.path, 'now'), JSON.stringify({ memory: value }));
    await write(7.5);
    return {
      context: { directory: directory.path },
      query: memory('cat now'),
      high: 7.5,
      low: -0.25,
      arms: ARMS,
      fall: async () => await write(-0.25),
      [Symbol.asyncDispose]: directory.remove,
    };
  },
  {
    nothing: { query: () => memory(`echo '{"bad":1,"total":5}'`), says: /memory is not there: give a number/ },
    NaN: { query: () => memory(`echo '{"memory":NaN}'`), says: /what is not JSON: print {"memory":1000} on a line/ },
    'an infinite number': { query: () => memory(`echo '{"memory":-1e999}'`), says: /memory is -Infinity/ },
    'a text': { query: () => memory(`echo '{"memory":"7"}'`), says: /memory is a text, not a number/ },
    'a stale sample': {
      query: () => memory(`echo '{"memory":7,"at":"2020-01-01T00:00:00Z"}'`),
      says: /newest sample is \d+d\S* old, older than fresh: 1m/,
    },
  },
);

const read = async (query: object, signal = new AbortController().signal) => {
  await using directory = await createTemporaryDirectory();
  return await readWith(commandMetricSource, query, { directory: directory.path, signal, secrets: { TOKEN } });
};

describe('command metric source', () => {
  it.each([
    [
      'arguments',
      [
        'sh',
        '-c',
        'test "$1" = 2.5.0 && echo \'{"bad":1,"total":5}\' || echo \'{"bad":2,"total":6}\'',
        'sh',
        '{version}',
      ],
    ],
    [
      'environment',
      ['sh', '-c', 'test "$SLIPWAY_VERSION" = 2.5.0 && echo \'{"bad":1,"total":5}\' || echo \'{"bad":2,"total":6}\''],
    ],
  ])('gives the program the version in its %s', async (_, argv) => {
    expect(await read({ argv })).toMatchObject({ new: { bad: 1, total: 5 }, old: { bad: 2, total: 6 } });
  });

  it('reads the last line of JSON, whatever else is printed, and logs nothing', async () => {
    const text = `echo warning >&2; echo; echo '{"bad":1,"total":5,"boot":"b1"}'; echo more >&2`;
    const sample = await read({ ...script(text), env: { TOKEN: { env: 'TOKEN' } } });
    expect(sample).toMatchObject({ new: { kind: 'ratio', bad: 1, total: 5 }, boot: 'b1 b1', lines: [] });
  });

  it.each([
    ['echo hello', /printed what is not JSON: print/],
    ['printf \'{\\n"bad":1,"total":2\\n}\'', /what is not JSON/],
    ['echo NaN', /not JSON/],
    ["echo '[1,2]'", /JSON that is not an object/],
    ['echo null', /JSON that is not an object/],
    ['echo \'{"bad":1}\'', /total is not there/],
    ['head -c 300000 /dev/zero | tr "\\0" 1; echo', /not JSON/],
  ])('%s: missing', async (text, says) => {
    const { new: fresh, old } = await read(script(text));
    for (const arm of [fresh, old]) expect(arm).toEqual({ kind: 'missing', reason: expect.stringMatching(says) });
  });

  it.each([
    ['exit 3', /sh exited with 3: it must exit with 0/],
    ['echo "no route" >&2; exit 1', /sh exited with 1, last line: no route/],
    ['echo \'{"bad":0,"total":9}\'; exit 1', /sh exited with 1/],
    ['kill -SEGV $$', /killed by SIGSEGV/],
  ])('%s: an error', async (text, says) => {
    const error = await rejectionOf(read(script(text)));
    expectNamedError(error);
    expect(String(error)).toMatch(says);
  });

  it('keeps the reading of the new version where only that of the old one fails', async () => {
    const text = 'test "$SLIPWAY_VERSION" = 2.5.0 || exit 7; echo \'{"bad":1,"total":5}\'';
    expect(await read(script(text))).toMatchObject({
      new: { kind: 'ratio' },
      old: { kind: 'missing', reason: 'sh exited with 7: it must exit with 0 to be believed' },
    });
  });

  it('says that a program is not there, and shows no secret', async () => {
    const error = await rejectionOf(read({ argv: ['./no-such-program'], env: { TOKEN: { env: 'TOKEN' } } }));
    expect(String(error)).toMatch(/could not be started/);
    expectNoSecrets(error, { TOKEN });
  });

  it('finds a gauge only among what the program prints itself', async () => {
    const { new: fresh } = await read({ ...script(`echo '{}'`), value: 'constructor' });
    expect(fresh).toEqual({ kind: 'missing', reason: 'constructor is not there: give a number' });
  });

  it.each([
    {},
    { argv: [] },
    { argv: 'sh' },
    { argv: ['sh'], timeout: '10m' },
    { argv: ['sh'], quantile: 0.9 },
    { argv: ['sh'], value: '' },
    { argv: ['sh'], unit: 'bytes' },
  ])('refuses %j', (query) => {
    expect(commandMetricSource.schema.safeParse(query).success).toBe(false);
  });
});
