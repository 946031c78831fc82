export type { LatencyHistogram } from './histogram.ts';
export type {
  ArmValues,
  Final,
  Finding,
  Judge,
  JudgedCondition,
  Judgement,
  JudgeInput,
  MetricWindow,
  Standing,
} from './judge.ts';
export { measure, type Measurement } from './measurement.ts';
export { plainComparison } from './plain-comparison.ts';
export { dispersionOf } from './sequential/calibrate/dispersion.ts';
export {
  decideAt,
  type DecisionRules,
  type SequentialDecision,
  type Standing as SequentialStanding,
  type Weighed as WeighedLook,
} from './sequential/decide.ts';
export { type Design, type Point, REFERENCE_DESIGN } from './sequential/kernel/design.ts';
export type { Counts, Margin } from './sequential/kernel/growth.ts';
export {
  type BucketCount,
  LatencyMetric,
  type LatencyReading,
  type LatencyRules,
} from './sequential/metrics/latency-metric.ts';
export { LimitMetric, type LimitReading } from './sequential/metrics/limit-metric.ts';
export type { Look, SequentialMetric } from './sequential/metrics/metric.ts';
export { RateMetric, type RateRules } from './sequential/metrics/rate-metric.ts';
export { TrafficMetric, type TrafficReading } from './sequential/metrics/traffic-metric.ts';
export { gradeAggregate, type GradedCampaign, type ReferenceCampaign } from './sequential/reference/grade-aggregate.ts';
export { gradeCase, type GradedCase } from './sequential/reference/grade-case.ts';
export type { ReferenceCase } from './sequential/reference/reference-case.ts';
