import type { AnalysisRules, JudgedMetric } from './rules.ts';

/** A comparison as a launch plan has it. */
export interface PlannedComparison {
  /** `skew` in milliseconds. */
  readonly metrics: readonly (Omit<JudgedMetric, 'quantile' | 'compare'> & {
    readonly compare?: JudgedMetric['compare'] | undefined;
  })[];
  readonly falseAlarms: number;
  readonly wrongPromotions: number | null;
}

export interface PlannedLooks {
  /** Milliseconds between looks. */
  readonly every: number;
  /** Units that the new version must have met before it can pass. */
  readonly minSamples: number;
}

/** Which quantile a latency is judged at where its query does not say. */
const USUAL_QUANTILE = 0.99;

/**
 * Units of the new version without which it cannot have done harm. Not as many as it takes to pass: what is as bad as that is to be
 * turned back before, and the evidence is right for any number.
 */
const LEAST_UNITS = 10;

/** What a plan says of a comparison, as an analysis takes it: times in looks. `queryOf`: of a metric, as its source is asked. */
export function plannedRules(
  { metrics, falseAlarms, wrongPromotions }: PlannedComparison,
  { every, minSamples }: PlannedLooks,
  queryOf: (metric: string) => unknown,
): AnalysisRules {
  return {
    metrics: metrics.map(({ metric, unit, better, times, plus, limit, weight, dispersion, skew, compare }) => {
      // Key by key: a state names its rules by their JSON, and a plan that was stored may have its keys in another order.
      const margins = { metric, unit, better, times, plus, limit, weight, dispersion };
      const quantile = quantileOf(queryOf(metric)) ?? USUAL_QUANTILE;
      return { ...margins, skew: Math.ceil(skew / every), quantile, ...(compare === undefined ? {} : { compare }) };
    }),
    falseAlarms,
    wrongPromotions,
    leastUnits: Math.min(minSamples, LEAST_UNITS),
  };
}

function quantileOf(query: unknown): number | null {
  if (typeof query !== 'object' || query === null || !('quantile' in query)) return null;
  return typeof query.quantile === 'number' ? query.quantile : null;
}
