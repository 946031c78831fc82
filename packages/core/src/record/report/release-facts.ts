import type { Recorded } from '../../model/event.ts';
import type { DeployStep, RolloutStep } from '@slipway/plan';
import type { TurnBackCause } from '../../model/cause.ts';
import type { Launch } from '../../model/state.ts';
import { own } from '../../own.ts';
import { stepsInOrder } from '../../program/steps.ts';
import { livedPlan } from '../../scenario/lived-plan.ts';
import { offeredSteps } from '../../scenario/scenario-steps.ts';
import { countedSteps } from '../counted-steps.ts';
import { facts } from '../facts.ts';

/** What a launch did as a release, by its log. Times in epoch ms; null: it did not happen, or the log does not say. */
export interface ReleaseFacts {
  readonly result: 'completed' | 'scrubbed' | 'rolled-back' | 'rollback-incomplete' | 'open';
  /** Whether it began to bring a version, or a variant of a flag, to people in production. Copies of requests do not count. */
  readonly reachedProduction: boolean;
  /** When all of production was first verified on the new version. */
  readonly inProductionAt: number | null;
  readonly turnedBackAt: number | null;
  readonly firstBadAt: number | null;
  readonly backAt: number | null;
  readonly endedAt: number | null;
  readonly previousVersion: string | null;
  readonly exposure: number | null;
  readonly cause: TurnBackCause | null;
}

/** The facts of a launch as a release. `events` may be left empty: times that only they hold are then not known. */
export function releaseFacts(launch: Launch, events: readonly Recorded[]): ReleaseFacts {
  const { mode } = launch;
  const known = facts(launch);
  const steps = productionSteps(launch);
  return {
    result: resultOf(launch),
    reachedProduction: steps.some(({ id }) => launch.touched.includes(id)),
    inProductionAt: inProductionAt(launch, steps),
    turnedBackAt: 'turnedAt' in mode ? mode.turnedAt : timeOf(events, 'turning-back'),
    firstBadAt: known.firstBadAt,
    backAt: known.backAt,
    endedAt: mode.is === 'ended' || mode.is === 'incomplete' ? mode.at : null,
    previousVersion: known.previousVersion,
    exposure: known.exposure,
    cause: 'cause' in mode ? mode.cause : null,
  };
}

function resultOf({ mode }: Launch): ReleaseFacts['result'] {
  switch (mode.is) {
    case 'running':
    case 'held':
    case 'stopping':
    case 'undoing':
      return 'open';
    case 'incomplete':
      return 'rollback-incomplete';
    case 'ended':
      return mode.as;
  }
}

/** Steps that give people in production something else than before. */
export function productionSteps(launch: Launch): readonly (DeployStep | RolloutStep)[] {
  const plan = livedPlan(launch);
  return countedSteps(plan).filter(
    (step) =>
      own(plan.environments, step.environment)?.tier !== 'staging' &&
      !(step.kind === 'rollout' && step.strategy === 'dark-launch'),
  );
}

/** When the last of the steps that bring it there passed, where all of them did. */
function inProductionAt(launch: Launch, steps: readonly { readonly id: string }[]): number | null {
  const states = steps.map(({ id }) => own(launch.steps, id));
  const times = states.flatMap((state) => (state?.is === 'passed' ? [state.at] : []));
  return times.length === 0 || times.length < states.length ? null : Math.max(...times);
}

function timeOf(events: readonly Recorded[], type: 'turning-back'): number | null {
  return events.find(({ event }) => event.type === type)?.at ?? null;
}

/** Ids of the checks, tasks and sign-offs in front of what changes production; all of them where nothing does. */
export function gateSteps(launch: Launch): readonly string[] {
  const plan = livedPlan(launch);
  const isOpen = launch.scenario !== null && launch.scenario.choice === null;
  const offered = offeredSteps(launch.plan);
  const steps = stepsInOrder(plan).filter(({ id }) => !isOpen || !offered.has(id));
  const changing = new Set(countedSteps(plan).map(({ id }) => id));
  const first = steps.findIndex(({ id }) => changing.has(id));
  return steps
    .slice(0, first < 0 ? steps.length : first)
    .filter(({ kind }) => kind === 'check' || kind === 'task' || kind === 'signoff')
    .map(({ id }) => id);
}
