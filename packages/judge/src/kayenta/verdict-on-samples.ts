import { Analysis } from '../analysis/analysis.ts';
import type { JudgedMetric } from '../analysis/rules.ts';
import { judgedCondition, withAnalysis } from '../analysis/with-analysis.ts';
import type { Final } from '../judge.ts';
import { plainComparison } from '../plain-comparison.ts';
import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import type { Direction, Samples } from './kayenta-case.ts';

/** One metric of the case, with what may differ. */
export interface JudgedSamples extends Samples {
  readonly direction: Direction;
  /** Of the means, canary by baseline. */
  readonly between: readonly [low: number, high: number];
}

/** What a plan has that names nothing but the metrics. */
const MIN_SAMPLES = 100;
const FALSE_ALARMS = 0.01;
const LEAST_UNITS = 10;
/** One interval is one look. A share is suspected for three times its hold before a person is asked. */
const HOLD = 1;
const END = 3 * HOLD;

/**
 * The judge's verdict on Kayenta's samples. A number without a unit is taken for what is evidence by itself, a count: so many bad answers in
 * an interval, of as many requests on both versions, and of as few as there can have been. With no points in the margin the evidence does
 * not depend on how many these were.
 */
export function verdictOnSamples(samples: readonly JudgedSamples[]): Final {
  const tracks = samples.flatMap(tracksOf);
  const rules = {
    metrics: tracks.map(({ rules: each }) => each),
    falseAlarms: FALSE_ALARMS,
    wrongPromotions: null,
    leastUnits: LEAST_UNITS,
  };
  const analysis = new Analysis(rules, true, DEFAULT_DESIGN);
  const looks = Math.max(1, ...samples.flatMap(({ baseline, canary }) => [baseline.length, canary.length]));
  for (let at = 0; at < looks; at += 1) {
    const counts = Object.fromEntries(tracks.map((track) => [track.rules.metric, countsAt(track, at)]));
    const look = analysis.look(analysis.basisOf(counts, null));
    const isLast = at === looks - 1;
    const { final } = judgementAt(tracks, { look, isLast });
    if (final !== null) return final;
  }
  throw new Error('the watch has no end');
}

interface Tracked {
  readonly rules: JudgedMetric;
  readonly samples: Samples;
  /** Of each version in each interval. */
  readonly requests: number;
}

/** A metric that may move either way is two: one that is better when lower, and one that is better when higher. */
function tracksOf({ baseline, canary, direction, between: [low, high] }: JudgedSamples, index: number): Tracked[] {
  const requests = Math.max(1, Math.ceil(Math.max(...baseline, ...canary)));
  const track = (better: JudgedMetric['better'], times: number): Tracked => ({
    rules: { ...PLAIN, metric: `${index}-${better}`, better, times: Math.max(1, times) },
    samples: { baseline, canary },
    requests,
  });
  return [
    ...(direction === 'decrease' ? [] : [track('lower', high)]),
    ...(direction === 'increase' ? [] : [track('higher', 1 / low)]),
  ];
}

const PLAIN = { unit: 'ratio', plus: 0, limit: null, weight: 1, dispersion: 1, skew: 0, quantile: 0.99 } as const;

function countsAt({ samples: { baseline, canary }, requests }: Tracked, at: number) {
  return {
    kind: 'ratio' as const,
    newUnits: at < canary.length ? requests : 0,
    newBad: canary[at] ?? 0,
    oldUnits: at < baseline.length ? requests : 0,
    oldBad: baseline[at] ?? 0,
  };
}

function judgementAt(
  tracks: readonly Tracked[],
  { look, isLast }: { readonly look: ReturnType<Analysis['look']>; readonly isLast: boolean },
) {
  const window = Object.fromEntries(
    tracks.map(({ rules: { metric }, samples: { baseline, canary }, requests }) => {
      const arm = (values: readonly number[]) => {
        return { kind: 'ratio' as const, bad: sumOf(values), total: requests * values.length };
      };
      return [metric, { new: arm(canary), old: arm(baseline) }];
    }),
  );
  const input = {
    conditions: tracks.map(({ rules: { metric } }) => judgedCondition(metric)),
    window,
    versions: { new: 'canary', old: 'baseline' },
    minSamples: MIN_SAMPLES,
    samples: null,
    elapsed: isLast ? END : 0,
    hold: HOLD,
    silentFor: 0,
    silence: 1,
    uncompared: null,
  };
  return withAnalysis(plainComparison(input), look, input);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
