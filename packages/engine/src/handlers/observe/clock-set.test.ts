import type { ObserveWork, Verdict } from '@slipway/core';
import type { MetricSourceProvider, Reading } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FakeFlags } from '../../testing/fake-flags.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { accessTo, samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { observeHandler } from './observe.ts';

const [MINUTE, HOUR] = [60_000, 3_600_000];
const PLAN = samplePlan({
  metrics: { errors: { name: 'errors', source: { provider: 'fake', config: {} }, unit: 'ratio' } },
});
const WORK: ObserveWork = {
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 10 * MINUTE,
  judging: {
    conditions: [{ cel: 'errors.new < 0.1', metrics: ['errors'] }],
    minSamples: 10,
    every: 1_000,
    silence: MINUTE,
  },
  mode: 'decide',
};
const EFFECT = { id: 'r:4.0', step: 'r', class: 'read-only', work: WORK, timeout: null, attempts: 1 } as const;

interface Watch {
  readonly clock: ManualClock;
  readonly notes: readonly EffectContext['note'][];
  /** The verdict, once there is one. */
  readonly verdict: () => Verdict | null;
}

/** A source that answers, or does not, on a clock that a test sets. */
function watch(read: (clock: ManualClock) => Promise<Reading>, note: EffectContext['note'] = null): Watch {
  const clock = createManualClock();
  let verdict: Verdict | null = null;
  const notes: EffectContext['note'][] = [];
  const fake: MetricSourceProvider = {
    kind: 'metric-source',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    read: async () => {
      const reading = await read(clock);
      return { boot: '', at: 0, new: reading, old: reading, exposure: null, firstBadAt: null };
    },
  };
  const context: EffectContext = {
    launch: startedLaunch(PLAN),
    effect: EFFECT,
    attempt: 1,
    signal: new AbortController().signal,
    note,
    noteDown: async (noted) => notes.push(noted) > 0,
    say: () => {},
    look: () => {},
  };
  void observeHandler(accessTo({ metricSources: { fake } }, clock), new FakeFlags())
    .run(WORK, context)
    .then(({ data }) => void (verdict = data.kind === 'verdict' ? data.verdict : null));
  return { clock, notes, verdict: () => verdict };
}

function isNote(note: EffectContext['note']): note is { readonly watched: number } {
  return typeof note === 'object' && note !== null && 'watched' in note;
}

const healthy = async (clock: ManualClock): Promise<Reading> => ({ kind: 'ratio', bad: 0, total: clock.running() });

test.each([HOUR, -HOUR])('a hold of ten minutes lasts ten minutes, though the clock is set by %d', async (by) => {
  const { clock, verdict } = watch(healthy);
  await clock.advance(MINUTE);
  clock.set(by);
  await clock.advance(8.9 * MINUTE);
  expect(verdict()).toBeNull();
  await clock.advance(0.2 * MINUTE);
  expect(verdict()).toMatchObject({ decision: 'pass' });
});

test.each([HOUR, -HOUR])('silence of a minute is noticed after a minute, though the clock is set by %d', async (by) => {
  let answers = true;
  const { clock, verdict } = watch((at) => (answers ? healthy(at) : Promise.reject(new Error('gone'))));
  await clock.advance(MINUTE);
  answers = false;
  clock.set(by);
  await clock.advance(0.9 * MINUTE);
  expect(verdict()).toBeNull();
  await clock.advance(0.2 * MINUTE);
  expect(verdict()).toMatchObject({ decision: 'telemetry-broken' });
});

test('a source that hangs is given up after seconds, though the clock is set back by an hour', async () => {
  let hangs = false;
  const { clock, verdict } = watch((at) => (hangs ? new Promise(() => {}) : healthy(at)));
  await clock.advance(MINUTE);
  hangs = true;
  await clock.advance(2_000);
  clock.set(-HOUR);
  await clock.advance(1.2 * MINUTE);
  expect(verdict()).toMatchObject({ decision: 'telemetry-broken' });
});

const counted: Reading = { kind: 'ratio', bad: 0, total: 0 };
const errors = { boot: '', at: 0, new: counted, old: counted, exposure: null, firstBadAt: null };

test.each([HOUR, -HOUR, 0])('a successor watches for what is left, though the clock was set by %d', async (by) => {
  const startedAt = createManualClock().now() - by - 4 * MINUTE;
  const { clock, verdict } = watch(healthy, { startedAt, watched: 4 * MINUTE, samples: { errors } });
  await clock.advance(5.9 * MINUTE);
  expect(verdict()).toBeNull();
  await clock.advance(0.2 * MINUTE);
  expect(verdict()).toMatchObject({ decision: 'pass' });
});

test('how far it has come is noted often enough, and not with every look', async () => {
  const { clock, notes } = watch(healthy);
  await clock.advance(9.9 * MINUTE);
  const watched = notes.map((note) => (isNote(note) ? note.watched : null));
  expect(watched.length).toBeGreaterThan(15);
  expect(watched.length).toBeLessThan(21);
  for (const [index, ms] of watched.entries()) expect(ms).toBeGreaterThanOrEqual(index * 0.5 * MINUTE);
});

test('a successor of one that did not say how long it watched watches for all of it', async () => {
  const startedAt = createManualClock().now() - HOUR;
  const { clock, verdict } = watch(healthy, { startedAt, samples: { errors } });
  await clock.advance(9.9 * MINUTE);
  expect(verdict()).toBeNull();
  await clock.advance(0.2 * MINUTE);
  expect(verdict()).toMatchObject({ decision: 'pass' });
});
