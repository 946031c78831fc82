import type { RolloutPower } from '@slipway/contract';
import { DEFAULT_DESIGN, type PowerQuestion, powerOf } from '@slipway/judge';
import type { JudgedMetric, Plan, RolloutStep } from '@slipway/plan';

/** What a plan does not say: taken for granted, and said to be. */
const USUAL = 0.003;
const SOUGHT = 0.01;
/** As plans have them where they say nothing else. */
const MARGIN = { ratio: 1.1, points: 0.001 };
const FALSE_ALARMS = 0.01;
/** Bad answers that the judge asks for. */
const LEAST_BAD = 3;
/** Shares of one plan that are told: each takes some milliseconds. */
const MOST_SHARES = 100;

/** By id, what each rollout of a plan can find with the traffic that its environment has; none where that is not known or nothing is compared. */
export function powersOf(plan: Plan): ReadonlyMap<string, RolloutPower> {
  const powers = new Map<string, RolloutPower>();
  let left = MOST_SHARES;
  for (const step of comparedRollouts(plan)) {
    left -= step.stages.length;
    const perSecond = plan.environments[step.environment]?.traffic;
    if (perSecond === undefined || left < 0) continue;
    const metric = metricOf(step);
    if (metric === 'none') continue;
    const question = powerQuestion(step, perSecond, metric);
    const { usual, sought, margin } = question;
    powers.set(step.id, {
      metric: metric?.metric ?? null,
      perSecond,
      usual,
      sought,
      margin,
      shares: [...powerOf(question)],
    });
  }
  return powers;
}

/** Environments whose traffic would have to be known to tell that. */
export function unknownTraffic(plan: Plan): readonly string[] {
  const environments = comparedRollouts(plan).map(({ environment }) => environment);
  return [...new Set(environments)].filter((name) => plan.environments[name]?.traffic === undefined);
}

/** Rollouts in which both versions answer people side by side. Of a dark launch nobody knows how much of the traffic is copied. */
function comparedRollouts(plan: Plan): readonly RolloutStep[] {
  return Object.values(plan.steps).flatMap((step) =>
    step.kind === 'rollout' && step.strategy !== 'dark-launch' && step.stages.some(({ weight }) => weight < 100)
      ? [step]
      : [],
  );
}

/** The first share of bad answers that is compared; null: nothing is, `none`: only what this cannot be told of. */
function metricOf(step: RolloutStep): JudgedMetric | null | 'none' {
  const comparing = step.stages[0]?.judging.comparing;
  if (comparing === undefined) return null;
  return comparing.metrics.find(({ unit, better }) => unit === 'ratio' && better === 'lower') ?? 'none';
}

function powerQuestion(step: RolloutStep, perSecond: number, metric: JudgedMetric | null): PowerQuestion {
  const judging = step.stages[0]?.judging;
  const comparing = judging?.comparing;
  const margin = metric === null ? MARGIN : { ratio: metric.times, points: metric.plus };
  const allowed = margin.ratio * USUAL + margin.points;
  const part = metric === null || comparing === undefined ? 1 : partOf(metric, comparing.metrics);
  return {
    perSecond,
    shares: step.stages.map(({ weight, hold }) => ({ weight, hold })),
    warmUp: comparing?.warmUp ?? 0,
    usual: USUAL,
    // What the margin allows is not to be found.
    sought: allowed < SOUGHT ? SOUGHT : Math.min(1, 2 * allowed),
    margin,
    alpha: part * (comparing?.falseAlarms ?? FALSE_ALARMS),
    dispersion: metric?.dispersion ?? 1,
    leastBad: LEAST_BAD,
    every: judging?.every ?? 1_000,
    design: DEFAULT_DESIGN,
  };
}

/** Of the false alarms; a limit beside the comparison has half of them. */
function partOf({ weight, limit }: JudgedMetric, all: readonly JudgedMetric[]): number {
  const whole = all.reduce((sum, metric) => sum + metric.weight, 0);
  return weight / whole / (limit === null ? 1 : 2);
}
