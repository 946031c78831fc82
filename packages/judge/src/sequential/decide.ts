import { logSum } from './kernel/log-sum.ts';
import type { Look } from './metrics/metric.ts';

/** What a second's evidence asks for. `hold`: go no further for now; `promote`: this step may end early. */
export type SequentialDecision = 'abort' | 'promote' | 'hold' | 'continue';

/** When evidence is enough. */
export interface DecisionRules {
  /** False alarms allowed over the whole launch, all metrics and steps together, above 0 and below 1. */
  readonly alpha: number;
  /** Chance that a version which is as bad as the margin allows goes on early. */
  readonly beta: number;
  /** From evidence of 1/holdAlpha on it goes no further. */
  readonly holdAlpha: number;
  /** Units that the new version must have met, in whichever metric counts most, before it can be worse. */
  readonly minUnits: number;
  /** Seconds before which nothing goes on early. */
  readonly minSoak: number;
  /** Whether it may go on early at all. */
  readonly promote: boolean;
}

/** A metric's look with what the metric is worth: the shares of all add up to 1. */
export interface Weighed extends Look {
  readonly name: string;
  readonly share: number;
  readonly units: number;
  readonly bad: number;
  /** Bad units without which the metric cannot be the culprit. */
  readonly minBad: number;
}

export interface Standing {
  readonly decision: SequentialDecision;
  /** The metric with the most evidence of harm. */
  readonly culprit: string;
  /** ln E of all metrics: above ln(1/alpha) the new version is worse. */
  readonly harm: number;
  /** ln of the weakest evidence of harmlessness. */
  readonly harmless: number;
}

/** Evidence above which nothing goes on early, whatever else speaks for it. */
const SUSPICION = Math.log(10);

/**
 * A weighted mean of e-values is one, whatever the metrics have to do with each other, so one budget serves all. Harmlessness must be
 * shown by every metric: an intersection-union test, which needs no correction. `second`: 1 for the first.
 */
export function decideAt(second: number, looks: readonly Weighed[], rules: DecisionRules): Standing {
  const shares = looks.map(({ share, harm }) => Math.log(share) + harm);
  const harm = logSum(shares);
  const most = Math.max(...shares);
  const culprit = looks.find((_, index) => shares[index] === most);
  const reverse = looks.flatMap(({ harmless }) => harmless ?? []);
  const harmless = reverse.length === 0 ? 0 : Math.min(...reverse);
  const standing = { culprit: culprit?.name ?? '', harm, harmless };
  const isKnown = Math.max(0, ...looks.map(({ units }) => units)) >= rules.minUnits;
  const isSeen = isKnown && culprit !== undefined && culprit.bad >= culprit.minBad;
  const isProven = harm >= -Math.log(rules.alpha) && isSeen;
  if (isProven) return { ...standing, decision: 'abort' };
  // Evidence that is no number is unknown, and unknown never goes on.
  if (Number.isNaN(harm) || Number.isNaN(harmless)) return { ...standing, decision: 'hold' };
  const mayGoOn = rules.promote && second >= rules.minSoak && harmless >= -Math.log(rules.beta) && harm < SUSPICION;
  if (mayGoOn) return { ...standing, decision: 'promote' };
  return { ...standing, decision: harm >= -Math.log(rules.holdAlpha) ? 'hold' : 'continue' };
}
