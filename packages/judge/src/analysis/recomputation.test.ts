import { describe, expect, test } from 'vitest';
import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import { Analysis, type AnalysisState, type LookBasis } from './analysis.ts';
import { Recomputation } from './recomputation.ts';
import type { AnalysisRules, JudgedMetric } from './rules.ts';

const ERRORS: JudgedMetric = {
  metric: 'errors',
  unit: 'ratio',
  better: 'lower',
  times: 1.1,
  plus: 0.001,
  limit: 0.05,
  weight: 1,
  dispersion: 1,
  skew: 0,
  quantile: 0.99,
};
const LATENCY: JudgedMetric = { ...ERRORS, metric: 'latency', unit: 'milliseconds', times: 1.2, plus: 0, limit: null };
const RULES: AnalysisRules = { metrics: [ERRORS, LATENCY], falseAlarms: 0.01, wrongPromotions: 0.05, leastUnits: 10 };

const analysis = (rules = RULES) => new Analysis(rules, true, DEFAULT_DESIGN);
const recomputation = (from: AnalysisState | null = null, rules = RULES) =>
  new Recomputation({ rules, isCompared: true, design: DEFAULT_DESIGN }, from);

/** Looks as an observation makes them, with the state after them as a record holds it. */
function watched(live: Analysis, count: number, bad = 1) {
  const looks = Array.from({ length: count }, (): LookBasis => {
    const counts = {
      errors: { kind: 'ratio', newUnits: 50, newBad: bad, oldUnits: 950, oldBad: 19 },
      latency: {
        kind: 'latency',
        new: [[200, 50]],
        old: [
          [200, 900],
          [210, 50],
        ],
      },
    } as const;
    const basis = live.basisOf(counts, 0.05);
    live.look(basis);
    return basis;
  });
  return JSON.parse(JSON.stringify({ looks, state: live.state() })) as { looks: LookBasis[]; state: AnalysisState };
}

describe('a share that is computed again', () => {
  test('has the same evidence, note by note, and says when it decided', () => {
    const live = analysis();
    const again = recomputation();
    for (const bad of [1, 1, 20]) again.add(watched(live, 10, bad));
    expect(again.discrepancies).toEqual([]);
    expect(again.looks).toBe(30);
    expect(again.last?.decision).toBe('fail');
    expect(again.decided?.decision).toBe('fail');
    expect(again.decided?.look).toBeGreaterThan(20);
    expect(again.decided?.look).toBeLessThan(30);
  });

  test('goes on from the share before', () => {
    const live = analysis();
    const first = recomputation();
    first.add(watched(live, 10));
    const second = recomputation(first.state);
    second.add(watched(live, 10));
    expect(second.discrepancies).toEqual([]);
    expect([second.looks, second.last?.looks]).toEqual([10, 20]);
    const alone = recomputation();
    alone.add(watched(live, 10));
    expect(alone.discrepancies).not.toEqual([]);
  });

  test('begins anew under other rules, as it did then', () => {
    const first = recomputation();
    first.add(watched(analysis(), 10));
    const other = { ...RULES, metrics: [ERRORS] };
    const second = recomputation(first.state, other);
    second.add(watched(analysis(other), 10));
    expect(second.discrepancies).toEqual([]);
    expect(second.last?.looks).toBe(10);
  });

  test('takes what was written down twice once', () => {
    const live = analysis();
    const one = watched(live, 10);
    const two = watched(live, 5);
    const again = recomputation();
    again.add(one);
    again.add({ looks: [...one.looks, ...two.looks], state: two.state });
    expect(again.discrepancies).toEqual([]);
    expect(again.looks).toBe(15);
  });

  test('does not believe what was written down twice in two ways', () => {
    const live = analysis();
    const one = watched(live, 10);
    const two = watched(live, 5);
    const [, ...rest] = one.looks;
    const again = recomputation();
    again.add(one);
    again.add({ looks: [{ share: 0.05, metrics: {} }, ...rest, ...two.looks], state: two.state });
    expect(again.discrepancies).toEqual(['looks-differ']);
  });

  test('misses looks that are not there', () => {
    const live = analysis();
    watched(live, 10);
    const again = recomputation();
    again.add(watched(live, 5));
    expect(again.discrepancies).toContain('looks-missing');
  });
});

describe('a state that was kept', () => {
  const kept = watched(analysis(), 10);
  const found = (state: unknown) => {
    const again = recomputation();
    again.add({ looks: kept.looks, state });
    return again.discrepancies;
  };

  test('may have its keys in any order', () => {
    const { looks, rules, last, ...rest } = kept.state;
    expect(found({ last, ...rest, rules, looks })).toEqual([]);
  });

  test.each<[string, unknown]>([
    [
      'one digit more of evidence',
      { ...kept.state, last: kept.state.last.map((each) => ({ ...each, harm: each.harm + 1e-15 })) },
    ],
    ['a metric less', { ...kept.state, tracks: kept.state.tracks.slice(1) }],
    ['a key more', { ...kept.state, more: 1 }],
  ])('is found with %s', (_, state) => {
    expect(found(state)).toEqual(['state-differs']);
  });

  test.each<[string, unknown]>([
    ['of other rules', { ...kept.state, rules: '00000000' }],
    ['that is none', null],
    ['that is a text', 'state'],
  ])('is found when it is one %s', (_, state) => {
    expect(found(state)).toEqual(['other-judge']);
  });

  test('is found when a single count was changed', () => {
    const looks = kept.looks.map((look, index) =>
      index === 3 ? { ...look, metrics: { ...look.metrics, errors: [50, 0, 950, 19] } } : look,
    );
    const again = recomputation();
    again.add({ looks, state: kept.state });
    expect(again.discrepancies).toEqual(['state-differs']);
  });
});
