import type { ObserveWork, Verdict } from '@slipway/core';
import type { MetricSourceProvider, Reading } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { LiveLook } from '../../live/live-look.ts';
import { FakeFlags } from '../../testing/fake-flags.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { accessTo, samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { observeHandler } from './observe.ts';

const HOLD = 10_000;
const use = (reads: string) => ({ source: { provider: 'fake', config: { reads } } });
const PLAN = samplePlan({
  metrics: {
    memory: { name: 'memory', ...use('memory'), unit: { gauge: 'bytes' } },
    errors: { name: 'errors', ...use('errors'), unit: 'ratio' },
  },
});
const MEMORY = { cel: 'memory.new < 1.5 * memory.old', metrics: ['memory'] };
const ERRORS = { cel: 'errors.new < 0.1', metrics: ['errors'] };

interface Asked {
  /** What memory is on the new version at the n-th look, from 0. */
  readonly memory: (look: number) => Reading;
  readonly conditions?: ObserveWork['judging']['conditions'];
  readonly minSamples?: number;
  /** Of the old version. */
  readonly old?: Reading;
}

const gauge = (value: number): Reading => ({ kind: 'gauge', value });

/** Watches for as long as the hold lasts. */
async function observe({ memory, conditions = [MEMORY], minSamples = 0, old = gauge(100) }: Asked) {
  const work: ObserveWork = {
    kind: 'observe',
    environment: 'production',
    newVersion: '2.0.0',
    oldVersion: '1.0.0',
    hold: HOLD,
    judging: { conditions, minSamples, every: 1_000, silence: 5_000 },
    mode: 'decide',
  };
  const clock = createManualClock();
  let looks = 0;
  const fake: MetricSourceProvider<{ reads: string }> = {
    kind: 'metric-source',
    name: 'fake',
    schema: z.strictObject({ reads: z.string() }),
    needs: [],
    read: async ({ reads }) => {
      const at = { boot: 'one', at: clock.now(), exposure: null, firstBadAt: null };
      const counted: Reading = { kind: 'ratio', bad: 0, total: clock.running() };
      return reads === 'memory' ? { ...at, new: memory(looks++), old } : { ...at, new: counted, old: counted };
    },
  };
  let verdict: Verdict | null = null;
  let seen: LiveLook | null = null;
  const context: EffectContext = {
    launch: startedLaunch(PLAN),
    effect: { id: 'r:4.0', step: 'r', class: 'read-only', work, timeout: null, attempts: 1 },
    attempt: 1,
    signal: new AbortController().signal,
    note: null,
    noteDown: async () => true,
    say: () => {},
    look: (look) => void (seen = look),
  };
  void observeHandler(accessTo({ metricSources: { fake } }, clock), new FakeFlags())
    .run(work, context)
    .then(({ data }) => void (verdict = data.kind === 'verdict' ? data.verdict : null));
  await clock.advance(HOLD + 2_000);
  return { verdict: verdict as Verdict | null, look: seen as LiveLook | null };
}

const missing: Reading = { kind: 'missing', reason: 'gone' };

test.each<[string, Verdict['decision'], Asked]>([
  ['a gauge that rises and falls within its limit', 'pass', { memory: (look) => gauge(149 - 10 * (look % 3)) }],
  ['one that is over its limit at one look', 'fail', { memory: (look) => gauge(look === 5 ? 151 : 100) }],
  ['a gauge below nothing', 'pass', { memory: () => gauge(-3) }],
  ['NaN', 'telemetry-broken', { memory: () => gauge(Number.NaN) }],
  ['infinity, though it is below the limit', 'telemetry-broken', { memory: () => gauge(Number.NEGATIVE_INFINITY) }],
  ['a gauge that is lost', 'telemetry-broken', { memory: (look) => (look < 3 ? gauge(100) : missing) }],
  ['no gauge of the old version', 'telemetry-broken', { memory: () => gauge(100), old: missing }],
  ['a gauge, where requests are asked for', 'insufficient-data', { memory: () => gauge(100), minSamples: 10 }],
  [
    'a gauge beside what counts enough requests',
    'pass',
    { memory: () => gauge(100), minSamples: 10, conditions: [MEMORY, ERRORS] },
  ],
  [
    'a gauge beside what counts too few',
    'insufficient-data',
    { memory: () => gauge(100), minSamples: 1_000_000, conditions: [MEMORY, ERRORS] },
  ],
])('%s: %s', async (_, decision, asked) => {
  expect((await observe(asked)).verdict?.decision).toBe(decision);
});

test('on gauges alone nobody knows how many requests the new version answered, and the verdict says so', async () => {
  const { verdict, look } = await observe({ memory: () => gauge(120) });
  expect(verdict).toMatchObject({ decision: 'pass', samples: null, exposure: null, culprit: null });
  expect(verdict?.sentence).toBe(
    'every condition holds: memory 120 on 2.0.0 against 100 on 1.0.0; nobody knows how many requests 2.0.0 answered',
  );
  expect(look).toMatchObject({
    samples: null,
    metrics: [{ name: 'memory', unit: { gauge: 'bytes' }, new: 120, old: 100 }],
  });
});
