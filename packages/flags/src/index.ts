export type { FlagDefinition, FlagSetDefinition } from './definition/flag-definition.ts';
export type { Bucketing, FlagAnswer, FlagEvaluator, Now } from './evaluate/flag-evaluator.ts';
export type { EvaluationContext, EvaluationError, Resolution } from './evaluate/resolution.ts';
export type { FlagChange, FlagCommand, FlagRejection } from './managed/flag-command.ts';
export type { FlagActor, FlagEvent, RecordedFlagEvent } from './managed/flag-event.ts';
export type { FlagPolicy } from './managed/flag-policy.ts';
export type {
  Audience,
  FlagAbout,
  FlagRamp,
  FlagRecord,
  FlagType,
  Group,
  Kill,
  Origin,
  Prerequisite,
  Scheduled,
  ScheduledChange,
  SegmentRecord,
} from './managed/flag-record.ts';
export type { FlagSet, Proposal } from './managed/flag-set.ts';
export type { Json, Metadata } from './json.ts';
export { aboutOf } from './managed/about-of.ts';
export type { AboutProblem, AboutResult } from './managed/about-of.ts';
export { decideFlags } from './managed/decide-flags.ts';
export type { FlagDecision } from './managed/decided.ts';
export { emptyFlagSet } from './managed/empty-flag-set.ts';
export { evolveAll, evolveFlags } from './managed/evolve-flags.ts';
export { nextDue } from './managed/next-due.ts';
export { servedDefinition } from './managed/served-definition.ts';
export { staleFlags } from './managed/stale-flags.ts';
export type { StaleFlag, StaleReason } from './managed/stale-flags.ts';
export { parseFlagSet } from './definition/parse-flag-set.ts';
export type { FlagProblem, ParsedFlagSet } from './definition/flag-problem.ts';
export { createFlagEvaluator } from './evaluate/create-flag-evaluator.ts';
export { parseManagedFlagSet } from './managed/parse-managed-flag-set.ts';
export { flagFileReference } from './flag-file-reference.ts';
