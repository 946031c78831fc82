import { withoutProposal } from './evolve-waivers.ts';
import { clearCauses } from './evolve-mode.ts';
import type { EventOf, Recorded } from './model/event.ts';
import type { Launch, StepState } from './model/state.ts';
import { hasOpened } from './program/has-opened.ts';
import { resumedMove } from './program/resumed-move.ts';

// Where a step stands, as events change it. What does not fit its state leaves it as it is.

/** A step that is at a move, from `at` on (epoch ms). */
export function begun({
  move,
  round,
  at,
}: {
  readonly move: number;
  readonly round: number;
  readonly at: number;
}): StepState {
  return { is: 'active', move, round, since: at, counted: 0, observing: 'decide' };
}

export function withStep(launch: Launch, step: string, state: StepState): Launch {
  return { ...launch, steps: { ...launch.steps, [step]: state } };
}

export function roundOf(launch: Launch, step: string): number {
  const state = launch.steps[step];
  return state?.round ?? 0;
}

export function watchStarted(launch: Launch, { step, mode }: EventOf<'watch-started'>): Launch {
  const state = launch.steps[step];
  if (state?.is !== 'active') return launch;
  return withStep(launch, step, { ...state, round: state.round + 1, observing: mode });
}

export function steppedBack(launch: Launch, { step, move }: EventOf<'stepped-back'>, at: number): Launch {
  const state = launch.steps[step];
  if (state?.is !== 'active') return launch;
  const round = state.round + 1;
  return withStep(launch, step, begun({ move, round, at }));
}

export function timeCounted(launch: Launch, { step, ms }: EventOf<'time-counted'>, at: number): Launch {
  const state = launch.steps[step];
  if (state?.is !== 'active') return launch;
  return withStep(launch, step, { ...state, since: at, counted: state.counted + ms });
}

export function stepFailed(launch: Launch, event: EventOf<'step-failed'>): Launch {
  const state = launch.steps[event.step];
  if (state?.is !== 'active') return launch;
  const { move, round, since } = state;
  const { reason, reasons } = event;
  const why = reasons === undefined ? { reason } : { reason, reasons };
  return withStep(launch, event.step, { is: 'failed', move, round, since, ...why });
}

export function stepSkipped(
  launch: Launch,
  event: EventOf<'step-skipped'>,
  { at, actor, seq, hash }: Recorded,
): Launch {
  const { step, reason, until } = event;
  const skipped: StepState = {
    is: 'skipped',
    at,
    basis: { seq, hash },
    reason,
    by: actor,
    round: roundOf(launch, step),
    ...(until === undefined ? {} : { until }),
  };
  return clearCauses(withStep(withoutProposal(launch, step), step, skipped), step);
}

export function stepRetried(launch: Launch, step: string, at: number): Launch {
  const state = launch.steps[step];
  if (!hasOpened(state)) return launch;
  // Where nothing was changed yet it looks again at what is there: the person who retries may have mended just that.
  const goesOn = (state.is === 'failed' || state.is === 'active') && launch.touched.includes(step);
  const move = goesOn ? resumedMove(launch, step, state.move) : 0;
  return clearCauses(withStep(launch, step, begun({ move, round: state.round + 1, at })), step);
}

/** A sign-off that had passed or was under way is open again; one that waits goes on waiting. */
export function reopened(launch: Launch, step: string, at: number): StepState {
  const state = launch.steps[step];
  if (state === undefined) return { is: 'waiting' };
  if (!hasOpened(state)) return state;
  return begun({ move: 0, round: state.round, at });
}

/** One that had passed is asked again; one that is open stays as it is. */
export function reopenedSignoff(launch: Launch, step: string, at: number): Launch {
  return launch.steps[step]?.is === 'passed' ? withStep(launch, step, reopened(launch, step, at)) : launch;
}
