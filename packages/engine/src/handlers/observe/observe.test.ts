import type { Json, ObserveWork, VerdictDecision } from '@slipway/core';
import type { Reading, Sample } from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import { observeWith, ratio, sampleOf, type Source } from '../../testing/observing.ts';

const sample = (fresh: Reading, boot = 'one'): Sample => sampleOf(fresh, { boot });

const work = (mode: ObserveWork['mode']): ObserveWork => ({
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 120,
  judging: { conditions: [{ cel: 'errors.new < 0.1', metrics: ['errors'] }], minSamples: 10, every: 5, silence: 60 },
  mode,
});

const observe = (source: Source, mode: ObserveWork['mode'] = 'decide', note: Json = null) =>
  observeWith({ work: work(mode), source, note });

const never = new Promise<Sample>(() => {});
const growing =
  (bad: number): Source =>
  (reading) =>
    sample(ratio(reading * bad, reading * 10));

test.each<[string, VerdictDecision, Source]>([
  ['a healthy version', 'pass', growing(0)],
  ['a failing version', 'fail', growing(5)],
  ['a source that throws', 'telemetry-broken', () => Promise.reject(new Error('connection refused'))],
  [
    'a source that goes silent after a good beginning',
    'telemetry-broken',
    (reading) => (reading < 3 ? sample(ratio(0, reading * 10)) : Promise.reject(new Error('gone'))),
  ],
  ['a reading that is missing', 'telemetry-broken', () => sample({ kind: 'missing', reason: 'no such version' })],
  ['NaN', 'telemetry-broken', () => sample(ratio(Number.NaN, 100))],
  ['infinity', 'telemetry-broken', (reading) => sample(ratio(0, reading === 0 ? 0 : Number.POSITIVE_INFINITY))],
  ['more bad than all', 'telemetry-broken', (reading) => sample(ratio(reading * 20, reading * 10))],
  ['counters that fall', 'telemetry-broken', (reading) => sample(ratio(0, 1000 - reading))],
  ['too few requests', 'insufficient-data', (reading) => sample(ratio(0, Math.min(reading, 4)))],
])('%s: %s', async (_, decision, source) => {
  expect((await observe(source)).verdict.decision).toBe(decision);
});

test('a source that never answers is silence, not a pass', async () => {
  expect((await observe(() => never)).verdict.decision).toBe('telemetry-broken');
});

test('counters that begin again at zero begin the hold anew', async () => {
  const { verdict, notes } = await observe((reading) => sample(ratio(0, reading * 10), reading < 10 ? 'one' : 'two'));
  expect(verdict.decision).toBe('pass');
  expect(notes).toHaveLength(2);
});

test('a successor goes on with the window that was noted', async () => {
  const startedAt = Date.now() - 10_000;
  const noted = { startedAt, samples: { errors: sample(ratio(0, 0)) } };
  const { verdict, notes } = await observe(() => sample(ratio(1, 100)), 'decide', JSON.parse(JSON.stringify(noted)));
  expect(verdict).toMatchObject({ decision: 'pass', samples: 100, from: startedAt });
  expect(notes).toEqual([]);
});

describe('a first reading that is lost', () => {
  const unread = { kind: 'missing', reason: 'no reading in time' } as const;
  const unseen = { kind: 'unseen', reason: 'never met it' } as const;
  /** 10,000 good answers of an earlier stage, then nothing but bad ones. */
  const laterStage = (first: Reading) => (reading: number) =>
    sample(reading === 0 ? first : ratio(reading * 10, 10_000 + reading * 10));

  test('does not let the good answers of an earlier stage stand in for those of this one', async () => {
    const { verdict } = await observe(laterStage(unread));
    expect(verdict).toMatchObject({ decision: 'fail' });
    expect(verdict.samples).toBeLessThan(1_000);
  });

  test('begins the hold anew', async () => {
    const { verdict, notes } = await observe((reading) => sample(reading < 5 ? unread : ratio(0, reading * 10)));
    expect([verdict.decision, notes.length]).toEqual(['pass', 2]);
  });

  test('of a version that was never met is counted from zero', async () => {
    const { verdict } = await observe((reading) => sample(reading === 0 ? unseen : ratio(0, 100)));
    expect(verdict).toMatchObject({ decision: 'pass', samples: 100 });
  });
});

test('a watch that may have to begin anew for days writes no event each time', async () => {
  const { verdict, notes } = await observe(
    (reading) => (reading < 80 ? sample(ratio(0, 3)) : growing(0)(reading)),
    'watch',
  );
  expect(verdict.decision).toBe('pass');
  expect(notes).toEqual([]);
});

test('a guard outlives what passes and what cannot tell, and ends with a failure', async () => {
  const heals = (reading: number) => sample(ratio(0, reading * 10));
  const { verdict, notes } = await observe((reading) => {
    if (reading < 60) return heals(reading);
    if (reading < 100) return Promise.reject(new Error('gone'));
    return sample(ratio((reading - 60) * 8, reading * 10));
  }, 'guard');
  expect(verdict.decision).toBe('fail');
  expect(notes).toEqual([]);
});

test('a watch does not end with a verdict that cannot tell', async () => {
  const { verdict } = await observe(
    (reading) => (reading < 40 ? Promise.reject(new Error('gone')) : growing(0)(reading)),
    'watch',
  );
  expect(verdict.decision).toBe('pass');
});

describe('what is judged at the end alone', () => {
  const asking = (cel: string, metrics: readonly string[]): ObserveWork => {
    const usual = work('decide');
    return { ...usual, judging: { ...usual.judging, success: [{ cel, metrics }] } };
  };

  test.each<[string, string, readonly string[], VerdictDecision]>([
    ['that holds', 'errors.new < 0.05', ['errors'], 'pass'],
    ['that does not hold', 'errors.new > 0.05', ['errors'], 'fail'],
    ['of which nothing is known', 'orphans.new < 0.05', ['orphans'], 'telemetry-broken'],
  ])('%s', async (_, cel, metrics, decision) => {
    const { verdict } = await observeWith({ work: asking(cel, metrics), source: growing(0) });
    expect(verdict.decision).toBe(decision);
  });

  test('is not asked before: what is bad for a while only may end well', async () => {
    const { verdict } = await observeWith({
      work: asking('errors.new < 0.05', ['errors']),
      source: (reading) => sample(ratio(Math.min(reading, 1), reading * 12)),
    });
    expect(verdict.decision).toBe('pass');
  });
});

test('a trigger that nobody could tell is no pass', async () => {
  const usual = work('decide');
  const triggers = [
    { when: { cel: 'orphans.new > 5', metrics: ['orphans'] }, for: 0, deed: { kind: 'hold' } as const },
  ];
  const { verdict } = await observeWith({
    work: { ...usual, judging: { ...usual.judging, triggers } },
    source: growing(0),
  });
  expect(verdict.decision).toBe('telemetry-broken');
});

test('a trigger that is not true lets it pass', async () => {
  const usual = work('decide');
  const triggers = [
    { when: { cel: 'errors.new > 0.5', metrics: ['errors'] }, for: 0, deed: { kind: 'hold' } as const },
  ];
  const { verdict } = await observeWith({
    work: { ...usual, judging: { ...usual.judging, triggers } },
    source: growing(0),
  });
  expect(verdict.decision).toBe('pass');
});

test('what people extended lasts for as long as the launch wants it to by now', async () => {
  const { looks } = await observeWith({ work: work('decide'), source: growing(0), extendedTo: 240 });
  expect(looks.at(-1)).toMatchObject({ hold: 240, elapsed: 240 });
});
