export { eventText } from '@slipway/core';
export { type PlanSource, readPlan, type ReadPlan } from './read-plan.ts';
export {
  inject,
  type InjectedReport,
  rehearse,
  type RehearsalOrder,
  type RehearsalReport,
  UnknownScenario,
} from './rehearse.ts';
export type { BrokenInvariant } from './report/invariants.ts';
export type { NeverExercised } from './report/never-exercised.ts';
export type { ReportedMessage, ReportedQuestion, ScenarioReport } from './report/scenario-report.ts';
export type { AskKind } from './run/ask.ts';
export { everyKind } from './run/every-kind.ts';
export type { End } from './scenario/fault.ts';
export { Life, mortalDatabase, virtualClock } from './virtual/life.ts';
export { Timeline } from './virtual/timeline.ts';
export { watchedStore } from './virtual/watched-store.ts';
export { SplitRefused } from './world/environment.ts';
export { World } from './world/world.ts';
