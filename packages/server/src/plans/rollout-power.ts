import type { RolloutPower } from '@slipway/contract';
import { weakestAt } from '@slipway/judge';
import type { JudgedMetric, Plan, RolloutStep } from '@slipway/plan';
import { sharesOf } from './shares-of.ts';
import { metricPowers } from './metric-power.ts';

type MetricPower = RolloutPower['metrics'][number];

/** Shares of one plan that are told, of each metric one: each takes some milliseconds. */
const MOST_SHARES = 100;

/** By id, what each rollout of a plan can find with the traffic that is expected; none where that is not known of anything, or nothing is compared. */
export function powersOf(plan: Plan): ReadonlyMap<string, RolloutPower> {
  const powers = new Map<string, RolloutPower>();
  const known = new Map<string, readonly MetricPower[]>();
  let left = MOST_SHARES;
  for (const step of tellingRollouts(plan)) {
    left -= step.stages.length * Math.max(1, judgedIn(step).length);
    if (left < 0) continue;
    const key = questionOf(plan, step);
    const metrics = [...(known.get(key) ?? metricPowers(plan, step))];
    known.set(key, metrics);
    if (metrics.every(isForWantOfFigures)) continue;
    powers.set(step.id, {
      perSecond: plan.environments[step.environment]?.traffic ?? null,
      metrics,
      weakest: step.stages.map((_, index) => weakestAt({ metrics }, index)?.metric ?? null),
      noPromise: noPromiseOf(step),
    });
  }
  return powers;
}

/** Rollouts of one plan that ask the same are answered once. */
function questionOf(plan: Plan, step: RolloutStep): string {
  return JSON.stringify([step.environment, sharesOf(plan, step), step.stages[0]?.judging]);
}

/** What figures in the plan would tell; of instances none do, and that is told. */
function isForWantOfFigures(power: MetricPower): boolean {
  return power.kind === 'unknown' && power.why !== 'instances';
}

/** Environments whose traffic would have to be known to tell that. */
export function unknownTraffic(plan: Plan): readonly string[] {
  const wanting = tellingRollouts(plan).filter((step) => {
    const judged = judgedIn(step);
    return (
      judged.length === 0 || judged.some(({ traffic, compare }) => traffic === undefined && compare !== 'instances')
    );
  });
  const environments = wanting.map(({ environment }) => environment);
  return [...new Set(environments)].filter((name) => plan.environments[name]?.traffic === undefined);
}

/**
 * Rollouts in which both versions answer people side by side, or in which a limit shows something where they do not. Of a dark launch
 * nobody knows how much of the traffic is copied, and of a segment not how many people are in it.
 */
function tellingRollouts(plan: Plan): readonly RolloutStep[] {
  return Object.values(plan.steps).flatMap((step) => {
    if (step.kind !== 'rollout' || step.strategy === 'dark-launch') return [];
    const shares = sharesOf(plan, step);
    if (shares === null) return [];
    const isCompared = shares.some(({ weight }) => weight < 100);
    return isCompared || judgedIn(step).some(({ limit }) => limit !== null) ? [step] : [];
  });
}

const judgedIn = (step: RolloutStep): readonly JudgedMetric[] => step.stages[0]?.judging.comparing?.metrics ?? [];

function noPromiseOf({ stages }: RolloutStep): RolloutPower['noPromise'] {
  const conditions = stages.flatMap(({ judging }) => judging.conditions.map(({ cel }) => cel));
  const gauges = stages.flatMap(({ judging }) => (judging.gauges ?? []).map(({ metric }) => metric));
  return { conditions: [...new Set(conditions)], gauges: [...new Set(gauges)] };
}
