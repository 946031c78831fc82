import { getEventListeners } from 'node:events';
import type { ObserveWork } from '@slipway/core';
import type { MetricSourceProvider, Reading } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createManualClock } from '../../testing/manual-clock.ts';
import { accessTo, samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { readSamples } from './read-samples.ts';

const COUNTED: Reading = { kind: 'ratio', bad: 0, total: 10 };
const LATE = {
  kind: 'missing',
  reason: 'no reading within 5 s',
  reasons: { en: 'no reading within 5 s', fr: 'aucune mesure en 5 s' },
};
const sourceOf = (name: string) => ({ name, source: { provider: name, config: {} }, unit: 'ratio' as const });
const PLAN = samplePlan({ metrics: { quick: sourceOf('quick'), silent: sourceOf('silent') } });

/** One source that answers at once, and one that never does. */
function stage(metrics: readonly string[], stopped = new AbortController()) {
  const clock = createManualClock();
  const given: AbortSignal[] = [];
  const provider = (name: string, answer: () => Promise<Reading>): MetricSourceProvider => ({
    kind: 'metric-source',
    name,
    schema: z.unknown(),
    needs: [],
    read: async (_config, _arms, { signal }) => {
      given.push(signal);
      const reading = await answer();
      return { boot: '', at: 0, new: reading, old: reading, exposure: null, firstBadAt: null };
    },
  });
  const metricSources = {
    quick: provider('quick', async () => COUNTED),
    silent: provider('silent', () => new Promise(() => {})),
  };
  const work: ObserveWork = {
    kind: 'observe',
    environment: 'production',
    newVersion: '2.0.0',
    oldVersion: '1.0.0',
    hold: 1_000,
    judging: { conditions: [{ cel: 'true', metrics }], minSamples: 0, every: 1_000, silence: 1_000 },
    mode: 'decide',
  };
  const context: EffectContext = {
    launch: startedLaunch(PLAN),
    effect: { id: 'r:4.0', step: 'r', class: 'read-only', work, timeout: null, attempts: 1 },
    attempt: 1,
    signal: stopped.signal,
    note: null,
    noteDown: async () => true,
    say: () => {},
    look: () => {},
  };
  const reading = readSamples(accessTo({ metricSources }, clock), work, context);
  const left = () => [clock.waiting().length, getEventListeners(stopped.signal, 'abort').length];
  return { clock, given, stopped, reading, left };
}

const newOf = async (reading: ReturnType<typeof readSamples>) =>
  Object.fromEntries(Object.entries(await reading).map(([metric, sample]) => [metric, sample.new]));

test('a look leaves no timer behind and nobody who listens', async () => {
  const { given, reading, left } = stage(['quick', 'quick']);
  expect(left()).toEqual([1, 1]);
  expect(await newOf(reading)).toEqual({ quick: COUNTED });
  expect([left(), given.map((signal) => signal.aborted)]).toEqual([[0, 0], [false]]);
});

test('a source that hangs is told to stop after five seconds, and costs the others nothing', async () => {
  const { clock, given, reading, left } = stage(['silent', 'quick']);
  await clock.advance(4_999);
  expect(given.map((signal) => signal.aborted)).toEqual([false, false]);
  await clock.advance(1);
  expect(await newOf(reading)).toEqual({ silent: LATE, quick: COUNTED });
  expect([left(), given.map((signal) => signal.aborted)]).toEqual([
    [0, 0],
    [true, false],
  ]);
});

test('who is stopped waits for no source', async () => {
  const { given, stopped, reading, left } = stage(['silent']);
  await Promise.resolve();
  stopped.abort();
  expect(await newOf(reading)).toEqual({ silent: LATE });
  expect([left(), given.every((signal) => signal.aborted)]).toEqual([[0, 0], true]);
});

test('who was stopped before waits for none either', async () => {
  const stopped = new AbortController();
  stopped.abort();
  expect(await newOf(stage(['silent'], stopped).reading)).toEqual({ silent: LATE });
});
