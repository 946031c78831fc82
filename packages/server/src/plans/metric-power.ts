import type { RolloutPower } from '@slipway/contract';
import { type AnalysisRules, DEFAULT_DESIGN, plannedRules, type PowerQuestion, powerOf } from '@slipway/judge';
import type { JudgedMetric, Plan, RolloutStep } from '@slipway/plan';
import { sharesOf } from './shares-of.ts';
import { soughtFewer, soughtShare, soughtSlower, usualShare, usualTimes } from './usual.ts';

type MetricPower = RolloutPower['metrics'][number];

/** As plans have it where they say nothing else. */
const STANDARD: JudgedMetric = {
  metric: '',
  unit: 'ratio',
  better: 'lower',
  times: 1.1,
  plus: 0.001,
  limit: null,
  weight: 1,
  dispersion: 1,
  skew: 0,
};
const FALSE_ALARMS = 0.01;

/** What is told of each metric that a rollout judges, with what the environment answers a second; of a standard one where it judges none. */
export function metricPowers(plan: Plan, step: RolloutStep): readonly MetricPower[] {
  const judging = step.stages[0]?.judging;
  const shares = sharesOf(plan, step);
  if (judging === undefined || shares === null) return [];
  const { comparing, every, minSamples } = judging;
  const compared = comparing ?? { metrics: [STANDARD], falseAlarms: FALSE_ALARMS, wrongPromotions: null };
  const queryOf = (metric: string): unknown => plan.metrics[metric]?.source.config;
  const analysis = plannedRules(compared, { every, minSamples }, queryOf);
  const common = {
    shares,
    warmUp: comparing?.warmUp ?? 0,
    every,
    leastUnits: analysis.leastUnits,
    design: DEFAULT_DESIGN,
  };
  return compared.metrics.flatMap((metric, index) => {
    const rules = analysis.metrics[index];
    if (rules === undefined) return [];
    const unknown = { kind: 'unknown' as const, metric: metric.metric };
    // What requests would find is no promise of what instances find: that rests on how they differ among themselves.
    if (metric.compare === 'instances') return [{ ...unknown, why: 'instances' as const }];
    const perSecond = trafficOf(plan, step, metric);
    if (typeof perSecond === 'string') return [{ ...unknown, why: perSecond }];
    const question = { ...common, rules, perSecond, alpha: alphaOf(rules, analysis) };
    return [metric.unit === 'ratio' ? ratioPower(metric, question) : latencyPower(metric, question)];
  });
}

/** What a metric counts a second, or why nobody knows. */
function trafficOf(plan: Plan, step: RolloutStep, { metric, traffic }: JudgedMetric): number | 'traffic' | 'visitors' {
  if (traffic !== undefined) return traffic;
  const source = plan.metrics[metric]?.source;
  // What becomes of those who met a variant is reported more seldom than requests come.
  if (source?.provider === 'flag') return 'traffic';
  const query = source?.config;
  if (typeof query === 'object' && query !== null && 'per' in query && query.per === 'visitor') return 'visitors';
  return plan.environments[step.environment]?.traffic ?? 'traffic';
}

/** Its part of the false alarms, by its weight. */
function alphaOf({ weight }: { readonly weight: number }, { metrics, falseAlarms }: AnalysisRules): number {
  return (falseAlarms * weight) / metrics.reduce((sum, metric) => sum + metric.weight, 0);
}

type Asked = Omit<PowerQuestion, 'usual' | 'sought'>;

function ratioPower(metric: JudgedMetric, asked: Asked): MetricPower {
  const { better, times, plus } = metric;
  const { usual, isAssumed } = usualShare(metric);
  const allowed = better === 'lower' ? Math.min(1, times * usual + plus) : usual / times;
  const sought = better === 'lower' ? soughtShare(usual, allowed) : soughtFewer(usual, allowed);
  return { kind: 'ratio', ...told(metric, { ...asked, usual, sought }), better, usual, isAssumed, sought, allowed };
}

function latencyPower(metric: JudgedMetric, asked: Asked): MetricPower {
  const { quantile, times, plus } = asked.rules;
  const known = usualTimes(metric, quantile);
  if (known === null) return { kind: 'unknown', metric: metric.metric, why: 'usual' };
  const { shape, usual, median, tail } = known;
  const allowed = usual === null ? times : times + plus / usual;
  const sought = soughtSlower(allowed);
  const common = told(metric, { ...asked, usual: shape, sought });
  return { kind: 'latency', ...common, quantile, usual, median, tail, sought, allowed };
}

function told({ metric, dispersion }: JudgedMetric, question: PowerQuestion) {
  return {
    metric: metric === '' ? null : metric,
    perSecond: question.perSecond,
    dispersion,
    falseAlarms: question.alpha,
    shares: [...powerOf(question)],
  };
}
