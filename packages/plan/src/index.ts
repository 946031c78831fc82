export { allowedAt, nextOpening } from './calendar/allowed-at.ts';
export { writeIcs } from './calendar/ics/write-ics.ts';
export { readRota, type Shift } from './calendar/ics/read-rota.ts';
export { quietUntil } from './calendar/quiet-until.ts';
export { canonicalJson } from './digest.ts';
export { compileCondition } from './conditions/compile-condition.ts';
export type {
  CompiledCondition,
  CompileResult,
  ConditionResult,
  MetricValues,
} from './conditions/compile-condition.ts';
export type { Announcement, LaunchMoment, MessageSpec } from './model/announcement.ts';
export type { Calendar, ClosedBecause, Freeze, Opening, Urgency } from './model/calendar.ts';
export type { Page, PageLevel } from './model/page.ts';
export type { FlagAudience, FlagGroup } from './model/flag-audience.ts';
export type { Environment, Identity } from './model/environment.ts';
export type { Artifact, Metric, MetricUnit, Phase, Plan } from './model/plan.ts';
export type { PlanJson, ProviderUse, SecretRef } from './model/provider-use.ts';
export type { Comparing, Condition, JudgedMetric, Judging, WatchedGauge } from './model/judging.ts';
export type {
  Amount,
  AnnounceStep,
  BodyProjection,
  CheckStep,
  Command,
  Comparison,
  DarkLaunch,
  DeployStep,
  FlagRollout,
  FlagStage,
  Mirroring,
  OnFail,
  ProofKind,
  UrlProof,
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
} from './model/step.ts';
export type { Frozen, Scenario, ScenarioCondition, ScenarioRow, Scenarios } from './model/scenario.ts';
export { planOfScenario } from './scenarios/plan-of-scenario.ts';
export type { SoakCare, SoakTier } from './model/soak-care.ts';
export { ALERT_SENDERS, type AlertSender, type HookTrigger, type Trigger, type TriggerDeed } from './model/trigger.ts';
export type { Track } from './model/track.ts';
export { planJsonSchema } from './json-schema.ts';
export { sharedDefinitions } from './shared-definitions.ts';
export { PLAN_LIMITS } from './parse/limits.ts';
export { parsePlan } from './parse/parse-plan.ts';
export type { ParseOptions, ParseResult } from './parse/parse-plan.ts';
export { formatProblem } from './parse/problem.ts';
export type { Problem } from './parse/problem.ts';
export type { ProviderCatalogue, ProviderEntry } from './schema/catalogue.ts';
export { createPlanLanguage } from './schema/language.ts';
export type { PlanLanguage } from './schema/language.ts';
export { checkPolicy } from './policy/check-policy.ts';
export type { PolicyProblem } from './policy/check-policy.ts';
export { commandsIn } from './policy/forbidden/commands-in.ts';
export { forbiddenCommand, type Ordered } from './policy/forbidden/forbidden-command.ts';
export { parsePolicy, policyJsonSchema } from './policy/parse-policy.ts';
export type { PolicyResult } from './policy/parse-policy.ts';
export type { ChecksFloor, Policy, SignoffFloor, WaiverRules } from './policy/policy.ts';
export { renderConfig } from './template/render-config.ts';
export type { RenderedConfig } from './template/render-config.ts';
export { renderMessage, renderText } from './template/render-text.ts';
export type { Rendered } from './template/render-text.ts';
export { CONFIG_VARIABLES, MESSAGE_VARIABLES } from './template/variables.ts';
export { givenWords } from './template/variables.ts';
export type { ConfigVariables, LaunchFacts, MessageVariables } from './template/variables.ts';
export { MESSAGE_TEMPLATES } from './messages/message-templates.ts';
export type { MessageLanguage, MessageTemplate } from './messages/message-template.ts';
export type { Messages, QuietHours } from './model/messages.ts';
export type { TeamMessages } from './messages/read-team-messages.ts';
export { formatAmount } from './text/amount.ts';
export { formatDuration, parseDuration } from './text/duration.ts';
export { formatTOffset, parseTOffset } from './text/t-offset.ts';
export { formatLocalTime, instantOf, instantText, isZone } from './time/local-time.ts';
export type { Instant } from './time/local-time.ts';
export { summarizeTimeline, timeline } from './timeline/timeline.ts';
export type { EffectClass, TimelineEntry, TimelineSummary } from './timeline/timeline-entry.ts';
export { findRedFlags } from './red-flags/find-red-flags.ts';
export type { Bilingual, FlagSeverity, RedFlag, RedFlagCode } from './red-flags/red-flag.ts';
export type { BlindRollout } from './red-flags/rules/blind-rollout.ts';
export type { Places } from './parse/places.ts';
export { advise } from './advise/advise.ts';
export type { Advice } from './advise/advise.ts';
export type { AdviceRule, AdvisedStrategy, Situation } from './advise/situation.ts';
