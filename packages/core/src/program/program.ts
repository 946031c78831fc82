import type {
  DarkLaunch,
  DeployStep,
  Environment,
  FlagRollout,
  Judging,
  Plan,
  RollingRollout,
  RolloutStep,
  RunStep,
  ShiftingRollout,
  SoakStep,
  Step,
} from '@slipway/plan';
import type { EffectClass, EffectWork, Mirror, RampWork } from '../model/effect.ts';
import { own } from '../own.ts';
import { taskMoves } from './asked-proof.ts';
import { audiencesOf } from './flag-rollout.ts';
import type { Move } from './move.ts';

/** The version found in the environment before the step; undefined while nobody has looked. */
export type Surveyed = string | null | undefined;

/**
 * The moves of a step, in order. Grows once the environment has been surveyed; what is there never changes. Logs name a move by
 * its place: one that is added to a program goes to its end, or old launches go on with the wrong one.
 */
export function program(plan: Plan, step: Step, surveyed: Surveyed): readonly Move[] {
  switch (step.kind) {
    case 'run':
      return runProgram(step);
    case 'check':
      return [act({ kind: 'check', check: step.check }, 'read-only', step)];
    case 'deploy':
      return deployProgram(plan, step, surveyed);
    case 'rollout':
      return rolloutProgram(plan, step, surveyed);
    case 'soak':
      return [soakMove(plan, step)];
    case 'signoff':
      return [{ kind: 'vote' }];
    case 'task':
      return taskMoves(step);
    case 'announce':
      return [{ kind: 'send' }];
    case 'wait':
      return [{ kind: 'wait' }];
  }
}

function runProgram(step: RunStep): readonly Move[] {
  const { command, verify, idempotent, confirm, environment, attempts } = step;
  const moves: Move[] = [];
  if (confirm !== null) moves.push({ kind: 'confirm', phrase: confirm });
  if (environment !== null && step.effect === 'executive') moves.push(lock(environment));
  const effectClass: EffectClass = step.effect === 'executive' ? 'executive' : 'read-only';
  moves.push(
    act({ kind: 'command', command, verify, idempotent }, effectClass, { timeout: command.timeout, attempts }),
  );
  return moves;
}

function deployProgram(plan: Plan, step: DeployStep, surveyed: Surveyed): readonly Move[] {
  const { environment } = step;
  const version = plan.artifact.version;
  const opening = [lock(environment), survey(environment)];
  if (surveyed === undefined || surveyed === version) return opening;
  return [
    ...opening,
    act({ kind: 'start', environment, version }, 'executive', step),
    ...(routed(plan, environment) ? [shift(environment, { [version]: 100 }, step)] : []),
    ...(surveyed === null ? [] : [act({ kind: 'stop', environment, version: surveyed }, 'executive', step)]),
  ];
}

function rolloutProgram(plan: Plan, step: RolloutStep, surveyed: Surveyed): readonly Move[] {
  if (step.strategy === 'flag') return flagProgram(plan, step, surveyed);
  const { environment } = step;
  const version = plan.artifact.version;
  const opening = [lock(environment), survey(environment)];
  if (surveyed === undefined || surveyed === null || surveyed === version) return opening;
  const arms = { environment, newVersion: version, oldVersion: surveyed };
  switch (step.strategy) {
    case 'rolling':
      return [...opening, ...rollingMoves(step, arms)];
    case 'dark-launch':
      return [...opening, ...darkMoves(step, arms)];
    case 'canary':
    case 'blue-green':
    case 'big-bang':
      return [...opening, ...shiftingMoves(step, arms)];
  }
}

/** No version is started or moved: only who gets the variant changes. */
function flagProgram(plan: Plan, step: FlagRollout, surveyed: Surveyed): readonly Move[] {
  const { environment, flag, variant, cohort } = step;
  const opening = [
    lock(environment, flag),
    act({ kind: 'flag-survey', environment, flag, variant }, 'read-only', step),
  ];
  if (surveyed === undefined || surveyed === null || surveyed === variant) return opening;
  const audiences = audiencesOf(plan, step);
  const stages = step.stages.flatMap(({ hold, judging }, index): readonly Move[] => {
    const audience = audiences[index] ?? [];
    const arms = { environment, newVersion: variant, oldVersion: surveyed };
    return [
      act({ kind: 'ramp', environment, flag, variant, cohort, audience }, 'executive', step),
      observe({ ...arms, flag, audience, hold, judging }),
    ];
  });
  // Nobody goes on with a flag that was killed a moment ago: the flag set refuses what else changes nothing.
  const audience = audiences.at(-1) ?? [];
  const last = act({ kind: 'ramp', environment, flag, variant, cohort, audience }, 'executive', step);
  return [...opening, ...stages, ...(stages.length === 0 ? [] : [last])];
}

interface Arms {
  readonly environment: string;
  readonly newVersion: string;
  readonly oldVersion: string;
}

function shiftingMoves(step: ShiftingRollout, arms: Arms): readonly Move[] {
  const { environment, newVersion, oldVersion } = arms;
  const retire = act({ kind: 'stop', environment, version: oldVersion }, 'executive', step);
  const stages = step.stages.flatMap((stage): readonly Move[] => [
    shift(environment, split(newVersion, oldVersion, stage.weight), step),
    ...(step.strategy === 'big-bang' ? [retire] : []),
    observe({ ...arms, hold: stage.hold, judging: stage.judging }),
  ]);
  const start = act({ kind: 'start', environment, version: newVersion }, 'executive', step);
  return [start, ...stages, ...(step.strategy === 'big-bang' ? [] : [retire])];
}

/** All traffic stays where it is; in the end the environment is as it was. */
function darkMoves(step: DarkLaunch, arms: Arms): readonly Move[] {
  const { environment, newVersion: version, oldVersion } = arms;
  const weights = { [oldVersion]: 100 };
  const stages = step.stages.flatMap(({ weight, hold, judging }): readonly Move[] => {
    const mirror: Mirror = { version, share: weight, ...step.mirroring };
    return [
      act({ kind: 'shift', environment, weights, mirror }, 'executive', step),
      observe({ ...arms, hold, judging, mirror }),
    ];
  });
  return [
    act({ kind: 'start', environment, version }, 'executive', step),
    ...stages,
    shift(environment, weights, step),
    act({ kind: 'stop', environment, version }, 'executive', step),
  ];
}

/** The last roll ends with no old instance: nothing is left to stop. */
function rollingMoves(step: RollingRollout, arms: Arms): readonly Move[] {
  return step.stages.flatMap(({ weight, hold, judging }): readonly Move[] => [
    act({ kind: 'roll', ...arms, weight, bounds: step.bounds }, 'executive', step),
    observe({ ...arms, hold, judging }),
  ]);
}

function soakMove(plan: Plan, step: SoakStep): Move {
  const { environment, hold, judging } = step;
  return observe({ environment, newVersion: plan.artifact.version, oldVersion: null, hold, judging });
}

interface Watching {
  readonly environment: string;
  readonly newVersion: string;
  readonly oldVersion: string | null;
  readonly hold: number;
  readonly judging: Judging;
  readonly mirror?: Mirror;
  readonly flag?: string;
  readonly audience?: RampWork['audience'];
}

function observe(watching: Watching): Move {
  return {
    kind: 'effect',
    work: { kind: 'observe', ...watching, mode: 'decide' },
    class: 'read-only',
    timeout: null,
    attempts: 1,
  };
}

function split(version: string, old: string, weight: number): Readonly<Record<string, number>> {
  return weight === 100 ? { [version]: 100 } : { [version]: weight, [old]: 100 - weight };
}

function routed(plan: Plan, environment: string): boolean {
  const found: Environment | undefined = own(plan.environments, environment);
  return found !== undefined && found.router !== null;
}

interface Limits {
  readonly timeout: number;
  readonly attempts: number;
}

function act(work: EffectWork, effectClass: EffectClass, limits: Limits): Move {
  return { kind: 'effect', work, class: effectClass, timeout: limits.timeout, attempts: limits.attempts };
}

function shift(environment: string, weights: Readonly<Record<string, number>>, limits: Limits): Move {
  return act({ kind: 'shift', environment, weights }, 'executive', limits);
}

/** Waits for as long as another launch holds the environment, or that flag of it: no time-out. */
function lock(environment: string, flag?: string): Move {
  const work: EffectWork = { kind: 'lock', environment, ...(flag === undefined ? {} : { flag }) };
  return { kind: 'effect', work, class: 'read-only', timeout: null, attempts: 1 };
}

const SURVEY_LIMITS: Limits = { timeout: 30_000, attempts: 3 };

function survey(environment: string): Move {
  return act({ kind: 'survey', environment }, 'read-only', SURVEY_LIMITS);
}
