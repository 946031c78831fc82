import type { Json, Launch, ObserveWork } from '@slipway/core';
import type { RolloutStep, WatchedGauge } from '@slipway/plan';
import type { Reading } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { sampleContext } from '../../testing/sample-context.ts';
import { observeWith, sampleOf, type Source } from '../../testing/observing.ts';
import { samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import { Gauges } from './gauges.ts';

const EVERY = 10_000;
const LOOKS = 60;
const PLAN = samplePlan({
  metrics: { memory: { name: 'memory', source: { provider: 'fake', config: {} }, unit: { gauge: 'MB' } } },
});
const MEMORY: WatchedGauge = { metric: 'memory', unit: 'MB', below: 1_500, times: null, rising: 'hold' };

const work = (asked: Partial<WatchedGauge> = {}, own: Partial<ObserveWork> = {}): ObserveWork => ({
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: LOOKS * EVERY,
  judging: { conditions: [], gauges: [{ ...MEMORY, ...asked }], minSamples: 0, every: EVERY, silence: 6 * EVERY },
  mode: 'decide',
  ...own,
});

const gauge = (value: number): Reading => ({ kind: 'gauge', value });
const missing: Reading = { kind: 'missing', reason: 'gone' };

/** What memory is on both versions at the n-th look, from 0. */
const memory =
  (fresh: (look: number) => number | null, old: (look: number) => number | null = () => 500): Source =>
  (look) => {
    const [one, other] = [fresh(look), old(look)];
    return sampleOf(one === null ? missing : gauge(one), { old: other === null ? missing : gauge(other) });
  };

const LEAK = (look: number): number => 500 + 2 * look;
/** A garbage collector: twelve looks up, one down. */
const SAW = (look: number): number => 500 + 30 * (look % 12);

const watch = (source: Source, judged = work(), more: { readonly note?: Json; readonly start?: number } = {}) =>
  observeWith({ work: judged, source, launch: startedLaunch(PLAN), ...more });

/** All traffic was set on the new version, and the old one stays warm. */
function shifted({ environment, hold, judging }: ObserveWork): Launch {
  const rollout: RolloutStep = {
    id: 'rollout',
    title: '',
    phase: 'launch',
    needs: [],
    onFail: 'rollback',
    kind: 'rollout',
    strategy: 'blue-green',
    environment,
    stages: [{ weight: 100, hold, judging }],
    timeout: 1_000,
    attempts: 1,
  };
  const launch = startedLaunch({ ...PLAN, steps: { rollout } });
  const outcome = { result: 'done', evidence: { summary: '', items: [] }, data: { kind: 'none' } } as const;
  const shift = { is: 'settled', attempt: 1, at: 0, seq: 9, outcome, note: null } as const;
  return { ...launch, surveys: { rollout: '1.0.0' }, effects: { 'rollout:3.0': shift } };
}

describe('a gauge that is watched', () => {
  it.each<[string, string, Source, ObserveWork]>([
    ['a level', 'pass', memory(() => 500), work()],
    ["a garbage collector's saw", 'pass', memory(SAW), work()],
    ['a leak', 'insufficient-data', memory(LEAK), work()],
    ['a leak that both versions have', 'pass', memory(LEAK, LEAK), work({ below: 5_000 })],
    [
      'a leak that both have and that reaches its limit in an hour',
      'insufficient-data',
      memory(LEAK, LEAK),
      work({ below: 1_300 }),
    ],
    ['a leak that is ignored', 'pass', memory(LEAK), work({ rising: 'ignore' })],
    ['a limit that is crossed', 'fail', memory((look) => (look < 30 ? 500 : 1_600)), work()],
    [
      'a limit that is crossed by two readings',
      'pass',
      memory((look) => (look === 9 || look === 30 ? 1_600 : 500)),
      work(),
    ],
    ['more than the old version', 'fail', memory(() => 800), work({ times: 1.5 })],
    ['as much as the old version', 'pass', memory(() => 700), work({ times: 1.5 })],
    [
      'an old version that is not read',
      'insufficient-data',
      memory(
        () => 500,
        () => null,
      ),
      work({ times: 1.5 }),
    ],
    ['a new version that is not read', 'telemetry-broken', memory(() => null), work()],
    ['a hold that is too short for a slope', 'insufficient-data', memory(() => 500), work({}, { hold: 15 * EVERY })],
    [
      'a gap that leaves too few readings for a slope',
      'insufficient-data',
      memory((look) => (look > 36 && look < 46 ? null : 500)),
      { ...work(), judging: { ...work().judging, silence: 12 * EVERY } },
    ],
    ['no old version at all', 'insufficient-data', memory(LEAK, () => null), work({ times: 2 }, { oldVersion: null })],
  ])('%s: %s', async (_, decision, source, judged) => {
    expect((await watch(source, judged)).verdict.decision).toBe(decision);
  });

  it('is failed as soon as three readings are over its limit', async () => {
    const { verdict, looks } = await watch(memory((look) => (look < 30 ? 500 : 1_612)));
    // Two of the newest three.
    expect(looks).toHaveLength(32);
    expect(verdict.culprit).toBe('memory');
    expect(verdict.sentence).toBe(
      'memory is 1,612 MB on 2.0.0 and must stay below 1,500 MB; a reading, not a proof: no promise about false alarms holds for a gauge',
    );
    expect(verdict.findings).toEqual([
      { condition: 'memory: { below: 1500, rising: hold }', holds: 'no', values: { memory: { new: 1_612, old: 500 } } },
    ]);
  });

  it('is held for a person with the time that is left, in both languages, and not before the hold is over', async () => {
    const { verdict, looks } = await watch(memory(LEAK));
    expect(looks.at(-1)?.elapsed).toBeGreaterThanOrEqual(LOOKS * EVERY);
    expect(looks.some(({ standing }) => standing === 'suspect')).toBe(true);
    expect(verdict.sentence).toBe(
      'memory rises by 12 MB a minute on 2.0.0 (more than on 1.0.0) and reaches 1,500 MB in 73 min; a trend, not a proof: no promise about false alarms holds for a gauge',
    );
    expect(verdict.sentences?.fr).toMatch(/^memory monte de 12 MB par minute .* aucune promesse/);
  });

  it('passes with the words that it is no promise', async () => {
    const { verdict } = await watch(memory(() => 500));
    expect(verdict.sentence).toMatch(
      /; memory is steady at 500 MB on 2\.0\.0 \(no promise about false alarms holds for a gauge\)$/,
    );
  });

  it('is compared with no version that has no traffic', async () => {
    const launch = shifted(work({ times: 1.5 }));
    const idle = memory(
      () => 800,
      () => 10,
    );
    const { verdict } = await observeWith({ work: work({ times: 1.5 }), source: idle, launch });
    expect(verdict.decision).toBe('pass');
  });
});

describe('a clock that is set', () => {
  it.each([-3_600_000, 30_000, 3_600_000])('by %d ms bends no slope', (by) => {
    const judged = work();
    const gauges = Gauges.of(judged, sampleContext(judged));
    const source = Array.from({ length: LOOKS }, (_, look) => look);
    const seen = source.map((look) => {
      const now = look * EVERY + (look < 40 ? 0 : by);
      const sample = sampleOf(gauge(LEAK(look)), { old: gauge(500) });
      return gauges?.lookAt({ memory: sample }, { now, running: look * EVERY, elapsed: look * EVERY });
    });
    expect(seen.at(-1)?.[0]?.standing).toMatchObject({ is: 'rising', line: { slope: 0.2, seconds: 590 } });
  });
});

describe('a successor', () => {
  interface Noted {
    readonly watched: number;
    readonly gauges: { readonly epoch: number };
  }
  const noted = (note: Json | undefined): Noted => note as unknown as Noted;

  /** Dies so many looks before the end of the hold, and is succeeded so many milliseconds later. */
  async function died(lastLook: number, awayFor: number) {
    const { notes } = await watch(memory(LEAK));
    const note = notes.findLast((each) => noted(each).watched <= lastLook * EVERY);
    const { watched, gauges } = noted(note);
    const from = (watched + awayFor) / EVERY;
    const source = memory((look) => LEAK(look + from));
    return watch(source, work(), { note: note ?? null, start: gauges.epoch + awayFor });
  }

  it('goes on with what was remembered', async () => {
    const { verdict, looks } = await died(55, 12_000);
    expect(looks.length).toBeLessThan(12);
    expect(verdict.decision).toBe('insufficient-data');
    expect(verdict.sentence).toMatch(/^memory rises by 12 MB a minute/);
  });

  it('goes on over a death of four minutes: that is less than half of what a slope is taken over', async () => {
    expect((await died(55, 4 * 60_000)).verdict.sentence).toMatch(/^memory rises by 12 MB a minute/);
  });

  it('does not know what happened in a long time without it', async () => {
    const { verdict } = await died(55, 6 * 60_000);
    expect(verdict.decision).toBe('insufficient-data');
    expect(verdict.sentence).toMatch(/^whether memory rises on 2\.0\.0 is not known: \d+ of the 20 readings/);
  });

  const AT = 1_000_000;
  /** As many readings before the death. */
  const kept = (count: number, value: Json = 700): Json => {
    const spread = Array.from({ length: count }, (_, index) => ({ at: AT - 1_000 * (count - index), value }));
    const both = { spread, newest: spread.slice(-3) };
    return { epoch: AT, time: AT, arms: { memory: { new: both, old: both } } };
  };
  const succeeding = (gauges: Json) =>
    watch(memory(LEAK), work(), { note: { startedAt: 0, watched: 55 * EVERY, samples: {}, gauges }, start: AT });

  it('knows the slope from a note in the right shape', async () => {
    expect((await succeeding(kept(60))).verdict.decision).toBe('pass');
  });

  it.each<[string, Json]>([
    ['nothing', {}],
    ['a text', 'memory'],
    ['readings that are none', kept(60, null)],
    ['too many readings', kept(61)],
  ])('begins anew from a note of %s', async (_, gauges) => {
    expect((await succeeding(gauges)).verdict.sentence).toMatch(/is not known/);
  });
});
