export { canonicalJson } from './digest.ts';
export { compileCondition } from './conditions/compile-condition.ts';
export type {
  CompiledCondition,
  CompileResult,
  ConditionResult,
  MetricValues,
} from './conditions/compile-condition.ts';
export type { Announcement, LaunchMoment, MessageSpec } from './model/announcement.ts';
export type { Page } from './model/page.ts';
export type { FlagAudience, FlagGroup } from './model/flag-audience.ts';
export type { Environment, Identity } from './model/environment.ts';
export type { Artifact, Metric, MetricUnit, Phase, Plan } from './model/plan.ts';
export type { PlanJson, ProviderUse, SecretRef } from './model/provider-use.ts';
export type {
  Amount,
  AnnounceStep,
  BodyProjection,
  CheckStep,
  Command,
  Comparing,
  Comparison,
  Condition,
  DarkLaunch,
  DeployStep,
  FlagRollout,
  FlagStage,
  JudgedMetric,
  Judging,
  Mirroring,
  OnFail,
  ProofKind,
  RollingBounds,
  RollingRollout,
  RolloutStage,
  RolloutStep,
  RunStep,
  ShiftingRollout,
  SignoffStep,
  SoakStep,
  Step,
  StepKind,
  Strategy,
  TaskStep,
  TrafficRollout,
  Undo,
  WaitStep,
  WaitUntil,
  WatchedGauge,
} from './model/step.ts';
export { planJsonSchema } from './json-schema.ts';
export { PLAN_LIMITS } from './parse/limits.ts';
export { parsePlan } from './parse/parse-plan.ts';
export type { ParseOptions, ParseResult } from './parse/parse-plan.ts';
export { formatProblem } from './parse/problem.ts';
export type { Problem } from './parse/problem.ts';
export type { ProviderCatalogue, ProviderEntry } from './schema/catalogue.ts';
export { createPlanLanguage } from './schema/language.ts';
export type { PlanLanguage } from './schema/language.ts';
export { renderConfig } from './template/render-config.ts';
export type { RenderedConfig } from './template/render-config.ts';
export { renderText } from './template/render-text.ts';
export type { Rendered } from './template/render-text.ts';
export { CONFIG_VARIABLES, MESSAGE_VARIABLES } from './template/variables.ts';
export type { ConfigVariables, MessageVariables } from './template/variables.ts';
export { formatAmount } from './text/amount.ts';
export { formatDuration, parseDuration } from './text/duration.ts';
export { formatTOffset, parseTOffset } from './text/t-offset.ts';
export { instantOf, isZone } from './time/local-time.ts';
export type { Instant } from './time/local-time.ts';
export { summarizeTimeline, timeline } from './timeline/timeline.ts';
export type { EffectClass, TimelineEntry, TimelineSummary } from './timeline/timeline-entry.ts';
