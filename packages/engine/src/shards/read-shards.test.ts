import { type MetricSourceProvider, RetryableError, type ShardSource, TerminalError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FakePlace } from '../testing/fake-place.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { FAKE_PLAN } from '../testing/sample-context.ts';
import { accessTo } from '../testing/sample-launch.ts';
import { readShards, type ShardsAsked } from './read-shards.ts';

const source = (shards?: ShardSource<unknown, never>): MetricSourceProvider<unknown, never> => ({
  kind: 'metric-source',
  name: 'fake',
  schema: z.unknown(),
  needs: [],
  read: () => Promise.reject(new Error('nobody asks for a sample')),
  ...(shards === undefined ? {} : { shards }),
});
const readingOf = (count: number) => ({
  boot: 'one',
  at: 7,
  shards: Array.from({ length: count }, (_, index) => ({ name: `s${index}`, bad: 0, total: 1 })),
});
const live = (count = 2): ShardSource<unknown, never> => ({ kind: 'live', read: async () => readingOf(count) });
const failing = (error: Error): ShardSource<unknown, never> => ({ kind: 'live', read: () => Promise.reject(error) });

const METRIC = { name: 'errors', source: { provider: 'fake', config: {} }, unit: 'ratio' } as const;
const ASKED: ShardsAsked = {
  plan: { ...FAKE_PLAN, metrics: { errors: METRIC } },
  directory: '/',
  environment: 'production',
  metric: 'errors',
  span: null,
};

/** One version serves, unless `versions` says otherwise. */
function stage(shards?: ShardSource<unknown, never>, versions: readonly string[] = ['1.0.0']) {
  const clock = createManualClock();
  const place = new FakePlace(2);
  for (const version of versions) place.put(version, { running: 2 });
  const access = accessTo({ ...place.providers, metricSources: { fake: source(shards) } }, clock);
  const read = (asked: Partial<ShardsAsked> = {}, signal = new AbortController().signal) =>
    readShards(access, { ...ASKED, ...asked }, signal);
  return { access, clock, read };
}

test('reads the shards of the version that serves, as they stand now', async () => {
  const { read, clock } = stage(live());
  const { readings, ...found } = await read();
  expect(found).toEqual({ version: '1.0.0', source: 'live', now: clock.now() });
  expect(readings).toEqual([readingOf(2)]);
});

test('reads a span of the past, and of a past without one only which version serves', async () => {
  const asked: unknown[] = [];
  const past: ShardSource<unknown, never> = {
    kind: 'past',
    read: async (_query, of) => {
      asked.push(of);
      return [readingOf(1), readingOf(2)];
    },
  };
  const { read } = stage(past);
  expect(await read()).toMatchObject({ source: 'past', readings: [] });
  expect((await read({ span: { from: 1_000, to: 61_000 } })).readings).toHaveLength(2);
  expect(asked).toEqual([{ environment: 'production', version: '1.0.0', from: 1_000, to: 61_000 }]);
  for (const span of [
    { from: 0, to: 60_001 },
    { from: 5, to: 5 },
  ])
    await expect(read({ span })).rejects.toThrow(TerminalError);
  expect(asked).toHaveLength(1);
});

test.each<[string, ShardSource<unknown, never> | undefined, readonly string[], RegExp]>([
  ['the source cannot tell shards apart', undefined, ['1.0.0'], /source fake of errors cannot tell the shards/],
  ['nothing runs', live(), [], /nothing runs in production/],
  ['two versions run', live(), ['1.0.0', '2.0.0'], /1\.0\.0 and 2\.0\.0 serve production at the same time/],
  ['there are too many', live(1_001), ['1.0.0'], /1001 shards are too many: 1000/],
])('refuses for good where %s', async (_, shards, versions, words) => {
  const error = await stage(shards, versions)
    .read()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TerminalError);
  expect(String(error)).toMatch(words);
});

test('what may pass may be asked again, and no message holds a secret', async () => {
  const { access, read } = stage(failing(new RetryableError('no answer to the-secret-of-prometheus')));
  access.machine.redactor.add('the-secret-of-prometheus');
  const error = await read().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RetryableError);
  expect(String(error)).toMatch(/no answer to \[redacted\]$/);
});

test('a source that does not answer is given up after five seconds', async () => {
  const { clock, read } = stage({ kind: 'live', read: () => new Promise(() => {}) });
  const reading = read().catch((thrown: unknown) => thrown);
  await clock.advance(5_000);
  expect(String(await reading)).toMatch(/no reading within 5 s/);
});
