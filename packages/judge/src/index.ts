export {
  Analysis,
  type AnalysisDecision,
  type AnalysisLook,
  type AnalysisState,
  type LookBasis,
  type MetricEvidence,
} from './analysis/analysis.ts';
export type { Basis, MetricCounts } from './analysis/counts.ts';
export {
  calibrate,
  type Calibration,
  type Lack,
  LEAST_CALIBRATION,
  MOST_CALIBRATED_SECONDS,
  type SelfComparison,
  type Untried,
} from './analysis/calibration.ts';
export type { InstanceNumbers } from './analysis/few-instances.ts';
export { type PlannedComparison, type PlannedLooks, plannedRules } from './analysis/planned-rules.ts';
export { type Decided, type Discrepancy, type KeptLooks, Recomputation } from './analysis/recomputation.ts';
export { sentencesOf } from './analysis/sentence.ts';
export { type Band, shareBand } from './analysis/share-band.ts';
export { type AnalysisRules, type JudgedMetric, SUSPICION } from './analysis/rules.ts';
export type { SeenSplit } from './analysis/split-check.ts';
export type { TimesOld } from './analysis/times-old.ts';
export { type AnalysisInput, judgedCondition, type Uncompared, withAnalysis } from './analysis/with-analysis.ts';
export { type CopiesLeftOut, uncomparedCopies, withCopiesLeftOut } from './copies/sentence.ts';
export type { Bilingual, Language } from './messages/language.ts';
export type { SeenGauge } from './gauge/gauge-sentences.ts';
export {
  GAUGE_RULES,
  type GaugeMemory,
  type GaugeReading,
  type GaugeRules,
  gaugeRulesFor,
  NO_READINGS,
  withReading,
} from './gauge/readings.ts';
export type { Line } from './gauge/slope.ts';
export {
  differenceOf,
  type GaugeDifference,
  type GaugeLook,
  type GaugeTrend,
  trendOf,
  trendWords,
} from './gauge/trend.ts';
export { type GaugeArms, type GaugeStanding, gaugeStanding, type WatchedGauge } from './gauge/watched-gauge.ts';
export { gaugeCondition, withGauges } from './gauge/with-gauges.ts';
export type { LatencyHistogram } from './histogram.ts';
export type { IdentityFound, IdentityStanding, IdentityUnknown } from './identity/identity-found.ts';
export { identitySentences } from './identity/sentence.ts';
export { withIdentity } from './identity/with-identity.ts';
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
export { powerBasis, unknownTraffic } from './power/basis.ts';
export { quantileOf, shapeAt, shapeThrough } from './power/latency-shape.ts';
export { powerOf } from './power/power.ts';
export type { LatencyShape, PowerQuestion, SharePower } from './power/question.ts';
export { type MetricPower, type RolloutPower, type ToldMetric, weakestAt } from './power/rollout-power.ts';
export { powerSentence, type ShareSaid } from './power/sentence.ts';
export { dispersionOf } from './sequential/calibrate/dispersion.ts';
export {
  decideAt,
  type DecisionRules,
  type SequentialDecision,
  type Standing as SequentialStanding,
  type Weighed as WeighedLook,
} from './sequential/decide.ts';
export type { Arm, ArmTotals, CumulativeReading, ShardCount } from './sequential/input/cumulative.ts';
export { readSecond, type Step as ReadStep } from './sequential/input/read-second.ts';
export type { Known as KnownSecond, Second, Unknown as UnknownSecond, Unreadable } from './sequential/input/second.ts';
export { sumOfSeconds } from './sequential/input/sum-of-seconds.ts';
export {
  ConfidenceSequence,
  type ConfidenceRules,
  type ConfidenceState,
  type RatioInterval,
} from './sequential/interval/confidence-sequence.ts';
export { DEFAULT_DESIGN, type Design, type Point, REFERENCE_DESIGN } from './sequential/kernel/design.ts';
export type { Counts, Margin } from './sequential/kernel/growth.ts';
export { BUCKETS, bucketOf, upperEdge } from './sequential/metrics/buckets.ts';
export {
  type BucketCount,
  LatencyMetric,
  type LatencyReading,
  type LatencyRules,
} from './sequential/metrics/latency-metric.ts';
export { LimitMetric, type LimitReading } from './sequential/metrics/limit-metric.ts';
export type { Look, MetricState, SequentialMetric } from './sequential/metrics/metric.ts';
export { RateMetric, type RateRules } from './sequential/metrics/rate-metric.ts';
export { type Recorded, RequestRecorder } from './sequential/metrics/request-recorder.ts';
export { ExcessMetric, type ExcessRules } from './sequential/metrics/excess-metric.ts';
export { TrafficMetric, type TrafficReading } from './sequential/metrics/traffic-metric.ts';
export { type Failed, FirstFailures, type FirstFailuresState, userHash } from './sequential/placebo/first-failures.ts';
export { ShardSlots } from './sequential/placebo/shard-slots.ts';
export { PlaceboMetric, type PlaceboRules, type PlaceboState } from './sequential/placebo/placebo-metric.ts';
export type { ShardCounts, ShardReading } from './sequential/placebo/shard-counts.ts';
export { gradeAggregate, type GradedCampaign, type ReferenceCampaign } from './sequential/reference/grade-aggregate.ts';
export { gradeCase, type GradedCase } from './sequential/reference/grade-case.ts';
export type { ReferenceCase } from './sequential/reference/reference-case.ts';
export { badNeeded, LEAST_BAD, type LowTraffic } from './slo/bad-needed.ts';
export { alertProblems, type AlertProblem, type AlertProblemKind } from './slo/alert-problems.ts';
export { badPerMillion, type Budget, budgetOf, outageBudgetMs } from './slo/budget.ts';
export { type BurnAlert, classicAlerts } from './slo/burn-alert.ts';
export { burnRate, burnSpending, shareSpent, timeToExhaustionMs } from './slo/burn-rate.ts';
export { counterIncrease } from './slo/counter-increase.ts';
export { canFire, detectionMs, resetMs } from './slo/detection.ts';
export { type EventCounts, sumOfCounts, type WindowCounts } from './slo/event-counts.ts';
export { budgetRatio, type Objective, objectiveProblem } from './slo/objective.ts';
export type { ServiceLevel, SloAlert, SloCatalogue } from './slo/openslo/catalogue.ts';
export type { Loss, Refusal, SloFinding } from './slo/openslo/findings.ts';
export { type OpenSloReading, readOpenSlo } from './slo/openslo/read-openslo.ts';
export { type OpenSloWriting, writeOpenSlo } from './slo/openslo/write-openslo.ts';
export { type SloLook, type SloOverall, type SloStanding, sloStanding } from './slo/slo-standing.ts';
export { type AlertLook, weighAlert, type WeighedAlert } from './slo/weigh-alert.ts';
