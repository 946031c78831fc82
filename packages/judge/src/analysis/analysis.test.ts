import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFERENCE_DESIGN } from '../sequential/kernel/design.ts';
import { randomWords } from '../sequential/reference/random-words.ts';
import { Analysis, type AnalysisLook, type LookBasis } from './analysis.ts';
import type { MetricCounts } from './counts.ts';
import type { AnalysisRules, JudgedMetric } from './rules.ts';

const ERRORS: JudgedMetric = {
  metric: 'errors',
  unit: 'ratio',
  better: 'lower',
  times: 1.1,
  plus: 0.001,
  limit: null,
  weight: 1,
  dispersion: 1,
  skew: 0,
  quantile: 0.99,
};
const LATENCY: JudgedMetric = { ...ERRORS, metric: 'latency', unit: 'milliseconds', times: 1.2, plus: 0 };
const RULES: AnalysisRules = {
  metrics: [ERRORS],
  falseAlarms: 0.01,
  wrongPromotions: null,
  leastUnits: 0,
};

type Counts = Readonly<Record<string, MetricCounts>>;

const analysis = (rules: Partial<AnalysisRules> = {}, isCompared = true): Analysis =>
  new Analysis({ ...RULES, ...rules }, isCompared, REFERENCE_DESIGN);

const ratio = (newUnits: number, newBad: number, oldUnits: number, oldBad: number): MetricCounts => ({
  kind: 'ratio',
  newUnits,
  newBad,
  oldUnits,
  oldBad,
});

/** Looks at the same counts over and over. */
function watch(judge: Analysis, counts: Counts, { looks, share = null }: { looks: number; share?: number | null }) {
  let last: AnalysisLook | null = null;
  let failedAt: number | null = null;
  for (let second = 1; second <= looks; second += 1) {
    last = judge.look(judge.basisOf(counts, share));
    if (last.decision === 'fail') failedAt ??= second;
  }
  if (last === null) throw new Error('at least one look');
  return { last, failedAt };
}

describe('an analysis', () => {
  it('fails a version that does harm, names the metric, and says how sure it is', () => {
    const { last, failedAt } = watch(analysis(), { errors: ratio(50, 5, 950, 3) }, { looks: 10 });
    expect(failedAt).toBeLessThan(5);
    expect(last).toMatchObject({ decision: 'fail', culprit: 'errors' });
    expect(last.harm).toBeGreaterThan(last.threshold);
    expect(last.threshold).toBeCloseTo(Math.log(100), 12);
  });

  it('goes on with one that is as good', () => {
    const { last } = watch(analysis(), { errors: ratio(50, 1, 950, 19) }, { looks: 600 });
    expect(last.decision).toBe('continue');
  });

  it('suspects before it fails', () => {
    const judge = analysis();
    const decisions = Array.from(
      { length: 60 },
      () => judge.look(judge.basisOf({ errors: ratio(50, 1, 950, 3) }, null)).decision,
    );
    expect(decisions.indexOf('suspect')).toBeGreaterThan(0);
    expect(decisions.indexOf('fail')).toBeGreaterThan(decisions.indexOf('suspect'));
  });

  it('needs more than one or two bad answers, whatever they say', () => {
    const { last } = watch(analysis(), { errors: ratio(1, 1, 100_000, 0) }, { looks: 2 });
    expect(last.harm).toBeGreaterThan(last.threshold);
    expect(last.decision).toBe('suspect');
  });

  it('ends a share early when every metric has shown its harm to be below the margin, and only where it may', () => {
    const counts: Counts = { errors: ratio(500, 0, 9_500, 9) };
    expect(watch(analysis({ wrongPromotions: 0.05 }), counts, { looks: 60 }).last.decision).toBe('promote');
    expect(watch(analysis({ wrongPromotions: 0.05 }), counts, { looks: 1 }).last.decision).toBe('continue');
    expect(watch(analysis(), counts, { looks: 60 }).last.decision).toBe('continue');
  });

  it('finds what is better when it is higher and has fallen', () => {
    const paid = { ...ERRORS, better: 'higher' as const, times: 1.1, plus: 0 };
    expect(
      watch(analysis({ metrics: [paid] }), { errors: ratio(100, 20, 900, 270) }, { looks: 120 }).failedAt,
    ).not.toBeNull();
    expect(
      watch(analysis({ metrics: [paid] }), { errors: ratio(100, 40, 900, 270) }, { looks: 120 }).failedAt,
    ).toBeNull();
  });

  it('finds a version that answers more slowly, at the tail alone too', () => {
    const old = [
      [150, 900],
      [200, 90],
      [260, 10],
    ] as const;
    const slow: MetricCounts = {
      kind: 'latency',
      new: [
        [150, 90],
        [200, 5],
        [300, 5],
      ],
      old,
    };
    const same: MetricCounts = {
      kind: 'latency',
      new: [
        [150, 90],
        [200, 9],
        [260, 1],
      ],
      old,
    };
    expect(watch(analysis({ metrics: [LATENCY] }), { latency: slow }, { looks: 60 }).last).toMatchObject({
      decision: 'fail',
      culprit: 'latency',
    });
    expect(watch(analysis({ metrics: [LATENCY] }), { latency: same }, { looks: 300 }).failedAt).toBeNull();
  });

  it('holds a version to its limit, and says where the old one is over it as well', () => {
    const metrics = [{ ...ERRORS, times: 5, limit: 0.01 }];
    const alone = watch(analysis({ metrics }), { errors: ratio(50, 2, 950, 8) }, { looks: 60 });
    expect(alone.last).toMatchObject({ decision: 'fail', shared: null });
    const both = watch(analysis({ metrics }), { errors: ratio(50, 2, 950, 38) }, { looks: 60 });
    expect(both.failedAt).toBeNull();
    expect(both.last.shared).toBe('errors');
  });

  it('holds a version to its limit when it has all of the traffic, after a clean ramp too', () => {
    const metrics = [{ ...ERRORS, times: 5, limit: 0.01 }];
    const judge = analysis({ metrics });
    watch(judge, { errors: ratio(50, 0, 950, 2) }, { looks: 120 });
    const { failedAt } = watch(judge, { errors: ratio(1_000, 100, 0, 0) }, { looks: 60 });
    expect(failedAt).not.toBeNull();
  });

  it('takes less for proven where bad answers come in clusters, in a limit as well', () => {
    const looksUntil = (dispersion: number) => {
      const judge = analysis({ metrics: [{ ...ERRORS, limit: 0.01, dispersion }] }, false);
      return watch(judge, { errors: ratio(50, 1, 0, 0) }, { looks: 2_000 }).failedAt ?? Infinity;
    };
    expect(looksUntil(5)).toBeGreaterThan(3 * looksUntil(1));
  });

  it('holds a version to its limit where there is nothing to compare it with', () => {
    const metrics = [{ ...ERRORS, limit: 0.01 }];
    expect(watch(analysis({ metrics }, false), { errors: ratio(50, 3, 0, 0) }, { looks: 60 }).failedAt).not.toBeNull();
    expect(watch(analysis({ metrics }, false), { errors: ratio(500, 1, 0, 0) }, { looks: 60 }).failedAt).toBeNull();
  });

  it('finds that a version has far less than its share, and takes a version with all of it as it is', () => {
    const counts: Counts = { errors: ratio(0, 0, 100, 0) };
    expect(watch(analysis(), counts, { looks: 60, share: 0.05 }).last.traffic).toBe('missing');
    expect(watch(analysis(), { errors: ratio(4, 0, 96, 0) }, { looks: 60, share: 0.05 }).last.traffic).toBe(
      'as-planned',
    );
    expect(watch(analysis(), counts, { looks: 60, share: null }).last.traffic).toBe('as-planned');
  });

  it.each([
    ['half of it where a twentieth was asked for', 0.05, [50, 50], 'excess'],
    ['nearly all of it where half was asked for', 0.5, [95, 5], 'excess'],
    ['four times its share, as sticky visitors make it', 0.05, [20, 80], 'as-planned'],
    ['four fifths where half was asked for', 0.5, [80, 20], 'as-planned'],
    ['all of it, as was asked for', 1, [100, 0], 'as-planned'],
  ] as const)('finds whether a version has %s', (_, share, [fresh, old], traffic) => {
    const { last } = watch(analysis(), { errors: ratio(fresh, 0, old, 0) }, { looks: 120, share });
    expect(last).toMatchObject({ traffic, split: share < 1 ? { asked: share, seen: fresh / 100 } : null });
  });

  it('takes no visit, whose requests all go to one version, for the split', () => {
    const judge = analysis();
    const { last } = watch(judge, { errors: ratio(30, 0, 0, 0) }, { looks: 1, share: 0.05 });
    expect(last).toMatchObject({ traffic: 'as-planned', split: { seen: 1 } });
  });

  it('counts the split anew where another share is set', () => {
    const judge = analysis();
    watch(judge, { errors: ratio(5, 0, 95, 0) }, { looks: 10, share: 0.05 });
    const { last } = watch(judge, { errors: ratio(25, 0, 75, 0) }, { looks: 2, share: 0.25 });
    expect(last.split).toEqual({ asked: 0.25, seen: 0.25 });
  });

  it.each([
    ['a share', [ERRORS], ratio(50, 5, 950, 19), { is: 'between', estimate: expect.closeTo(5, 9), confidence: 0.95 }],
    [
      'a share of good answers',
      [{ ...ERRORS, better: 'higher' as const, plus: 0 }],
      ratio(100, 20, 900, 270),
      { is: 'between', estimate: expect.closeTo(2 / 3, 9), high: expect.closeTo(0.7, 1) },
    ],
    ['a latency', [{ ...LATENCY, metric: 'errors' }], { kind: 'latency', new: [[150, 5]], old: [[150, 9]] }, null],
  ] as const)("says how many times the old version's share %s is", (_, metrics, counts, times) => {
    const { last } = watch(analysis({ metrics }), { errors: counts }, { looks: 120 });
    expect(last.metrics).toMatchObject([{ times }]);
  });

  it('says nothing of that where no old version is compared', () => {
    const metrics = [{ ...ERRORS, limit: 0.01 }];
    const alone = watch(analysis({ metrics }, false), { errors: ratio(50, 1, 0, 0) }, { looks: 9 });
    expect(alone.last.metrics[0]?.times).toBeNull();
    const judge = analysis({ metrics });
    const ramped = watch(judge, { errors: ratio(50, 1, 950, 19) }, { looks: 60, share: 0.05 });
    expect(ramped.last.metrics[0]?.times).not.toBeNull();
    const whole = watch(judge, { errors: ratio(1_000, 20, 0, 0) }, { looks: 9, share: 1 });
    expect(whole.last.metrics[0]?.times).toBeNull();
    const back = watch(judge, { errors: ratio(50, 1, 950, 19) }, { looks: 1, share: 0.05 });
    expect(back.last.metrics[0]?.times).toMatchObject({ estimate: expect.closeTo(1, 9) });
  });

  it('has wider intervals where bad answers come in clusters', () => {
    const high = (dispersion: number): number => {
      const { last } = watch(
        analysis({ metrics: [{ ...ERRORS, dispersion }] }),
        { errors: ratio(50, 1, 950, 19) },
        { looks: 300 },
      );
      const times = last.metrics[0]?.times;
      return times?.is === 'between' ? (times.high ?? Infinity) : Number.NaN;
    };
    expect(high(3)).toBeGreaterThan(high(1));
  });

  it('keeps the evidence of a metric that could not be read', () => {
    const judge = analysis({ metrics: [ERRORS, LATENCY] });
    const { last } = watch(judge, { errors: ratio(50, 1, 950, 3) }, { looks: 10 });
    const blind = judge.look(judge.basisOf({}, null));
    expect(blind.metrics).toEqual(last.metrics);
  });

  it.each([
    ratio(Number.NaN, 0, 10, 0),
    ratio(10, 11, 10, 0),
    ratio(10, -1, 10, 0),
    ratio(10, 0, 10, Number.POSITIVE_INFINITY),
    { kind: 'latency', new: [], old: [] } satisfies MetricCounts,
  ])('takes %o for no reading', (counts) => {
    expect(analysis().basisOf({ errors: counts }, null).metrics).toEqual({});
  });

  it('shares its evidence among the metrics by their weight', () => {
    const { last } = watch(
      analysis({
        metrics: [
          { ...ERRORS, weight: 3 },
          { ...ERRORS, metric: 'paid' },
        ],
      }),
      { errors: ratio(50, 5, 950, 3), paid: ratio(50, 0, 950, 0) },
      { looks: 10 },
    );
    expect(last.metrics.map(({ part }) => part)).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
    const whole = Math.log(last.metrics.reduce((sum, { part, harm }) => sum + part * Math.exp(harm), 0));
    expect(last.harm).toBeCloseTo(whole, 9);
  });
});

const bucket = fc.tuple(fc.integer({ min: 100, max: 300 }), fc.integer({ min: 1, max: 40 }));
const buckets = fc.uniqueArray(bucket, { maxLength: 6, selector: ([at]) => at });
const second = fc.record({
  errors: fc
    .tuple(fc.nat(30), fc.nat(30), fc.nat(300), fc.nat(300))
    .map(([a, b, c, d]) => ratio(Math.max(a, b), Math.min(a, b), Math.max(c, d), Math.min(c, d))),
  latency: fc.record({ kind: fc.constant('latency' as const), new: buckets, old: buckets }),
});
const metrics = [
  { ...ERRORS, limit: 0.02, skew: 1, dispersion: 2 },
  { ...LATENCY, limit: 400 },
];

describe('what an analysis keeps', () => {
  it('lets another one go on from any look, through JSON, to the last digit', () => {
    const asked = fc.property(fc.array(second, { maxLength: 40 }), fc.nat(40), (seconds, cut) => {
      const whole = analysis({ metrics });
      const first = analysis({ metrics });
      let other = first;
      for (const [index, counts] of seconds.entries()) {
        if (index === cut) {
          other = analysis({ metrics });
          other.restore(JSON.parse(JSON.stringify(first.state())) as ReturnType<Analysis['state']>);
        }
        expect(other.look(other.basisOf(counts, 0.1))).toEqual(whole.look(whole.basisOf(counts, 0.1)));
      }
    });
    fc.assert(asked, { numRuns: 60 });
  });

  it('lets every look be computed again from what it rested on, to the last digit', () => {
    const asked = fc.property(fc.array(second, { maxLength: 40 }), (seconds) => {
      const [live, again] = [analysis({ metrics }), analysis({ metrics })];
      for (const counts of seconds) {
        const basis = live.basisOf(counts, 0.1);
        const kept = JSON.parse(JSON.stringify(basis)) as LookBasis;
        expect(again.look(kept)).toEqual(live.look(basis));
      }
    });
    fc.assert(asked, { numRuns: 60 });
  });

  it('is refused by an analysis of other metrics', () => {
    const state = analysis({ metrics }).state();
    expect(() => analysis().restore(state)).toThrow(RangeError);
    expect(() => analysis({ metrics }, false).restore(state)).toThrow(RangeError);
  });

  it('is small', () => {
    const judge = analysis({ metrics: [ERRORS] });
    watch(judge, { errors: ratio(51, 1, 949, 19) }, { looks: 200 });
    expect(JSON.stringify(judge.state().tracks).length).toBeLessThan(4_000);
  });
});

it('turns back no more than its budget of launches of a version that is as good, over three metrics and a ramp', () => {
  const next = randomWords(11);
  const drawn = (units: number, share: number): number => {
    let bad = 0;
    for (let unit = 0; unit < units; unit += 1) if (next() / 2 ** 32 < share) bad += 1;
    return bad;
  };
  const three = ['errors', 'refunds', 'declined'].map((metric) => ({ ...ERRORS, metric, times: 1, plus: 0 }));
  let failed = 0;
  for (let launch = 0; launch < 150; launch += 1) {
    const judge = analysis({ metrics: three });
    let isFailed = false;
    for (let at = 0; at < 240 && !isFailed; at += 1) {
      const fresh = [4, 10, 20][Math.floor(at / 80)] ?? 20;
      const counts = three.map(
        ({ metric }) => [metric, ratio(fresh, drawn(fresh, 0.05), 40, drawn(40, 0.05))] as const,
      );
      isFailed = judge.look(judge.basisOf(Object.fromEntries(counts), null)).decision === 'fail';
    }
    if (isFailed) failed += 1;
  }
  // More than 6 of 150 have a chance of under 0.1 % at 1 %.
  expect(failed).toBeLessThanOrEqual(6);
});
