export { type Context, decide, type Decision } from './decide/decide.ts';
export { evolve, evolveAll } from './evolve.ts';
export { type Actor, SLIPWAY } from './model/actor.ts';
export type { Command, Rejection } from './model/command.ts';
export type {
  Effect,
  EffectClass,
  EffectWork,
  Mirror,
  ObserveMode,
  ObserveWork,
  RampWork,
  RestoreWork,
  RollWork,
  ShiftWork,
} from './model/effect.ts';
export type { Basis, Draft, Ending, LaunchEvent, Recorded } from './model/event.ts';
export type { Json } from './model/json.ts';
export type { LaunchPolicy } from './model/launch-policy.ts';
export type { Lived } from './model/lived.ts';
export type { MirrorReport, Quantiles } from './model/mirror-report.ts';
export type {
  RowFinding,
  ScenarioChoice,
  ScenarioProposal,
  ScenarioState,
  StandingProposal,
} from './model/scenario.ts';
export { livedPlan } from './scenario/lived-plan.ts';
export { awaitsChoice, scenarioOf } from './scenario/scenario-steps.ts';
export type { Evidence, EvidenceItem, Outcome, OutcomeData, RollProgress, Wait } from './model/outcome.ts';
export {
  ABSENT,
  type Condition,
  type EffectState,
  type Holds,
  type Launch,
  type Mode,
  type Proposal,
  type State,
  type StepState,
  type Vote,
} from './model/state.ts';
export type { HoldCause, TurnBackCause } from './model/cause.ts';
export type { Moment, Notice, PageAnswer } from './model/notice.ts';
export { hasTurnedBack } from './program/has-turned-back.ts';
export type {
  ComparedEvidence,
  ComparedMetric,
  ComparedTimes,
  ConditionFinding,
  Reasoned,
  Said,
  ShareBand,
  Verdict,
  VerdictDecision,
} from './model/verdict.ts';
export { pending, type Pending } from './pending.ts';
export { type AlertLabels, hooksFor, LAUNCH_LABEL } from './program/hooks.ts';
export { currentEffect, findEffect, movesOf, noticeEffects, undoEffects } from './program/lookup.ts';
export type { Move } from './program/move.ts';
export { basisOf, frontIsDone, isDone, productionTouched, waitDue } from './program/progress.ts';
export { awaited, type Awaited, type AwaitedRole } from './signoff/awaited.ts';
export { type Fall, judgedVotes, missingVotes, openConditions, standingVotes } from './signoff/votes.ts';
export { audienceWords, coversAll, enAudience, frAudience, shareOfAll } from './program/flag-audience.ts';
export { audiencesOf, isFlagRollout } from './program/flag-rollout.ts';
export {
  asksTheCalendar,
  changesProduction,
  heldAtTheGate,
  heedsTheCalendar,
  waitsAtTheGate,
} from './program/production-gate.ts';
export { rollProgress } from './program/roll-progress.ts';
export { type EffectPlace, effectPlace } from './program/effect-id.ts';
export { splitOf, workOf } from './program/split.ts';
export { stepsBehind, stepsInFront, stepsInOrder } from './program/steps.ts';
export { countEvery, type OpenWait, openWaits } from './program/wait-time.ts';
export { openReviews, openSoak, soakLength } from './program/soak-care.ts';
export { type UndoItem, wayBack } from './program/way-back.ts';
export { causeSentence, facts, type Facts } from './record/facts.ts';
export { eventText } from './record/event-text.ts';
export { utcTime } from './record/iso-time.ts';
export { launchFacts } from './record/launch-facts.ts';
export { saidAlready } from './program/said-already.ts';
export { waitingNotices } from './program/quiet-notices.ts';
export { isUrgent } from './program/urgent-notice.ts';
export { onlyFlags, onlyTells, staysDark } from './record/counted-steps.ts';
export { recordMarkdown } from './record/record-markdown.ts';
export type { RecordDocument } from './record/document/document.ts';
export { documentMarkdown } from './record/document/document-markdown.ts';
export { dora, type Dora } from './record/dora/dora.ts';
export { doraDocument } from './record/dora/dora-document.ts';
export { hotfixDocument } from './record/dora/hotfixes.ts';
export { type Release, releaseBefore, releaseOf } from './record/dora/release.ts';
export type { Commit } from './record/report/commits.ts';
export { type ReportKind, writeReport } from './record/report/write-report.ts';
export { enWaits, frWaits } from './record/wait-words.ts';
