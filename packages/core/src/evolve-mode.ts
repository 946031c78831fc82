import type { LaunchEvent } from './model/event.ts';
import type { HoldCause } from './model/cause.ts';
import type { Launch, Mode, StepState } from './model/state.ts';

// What the launch as a whole is doing, as events change it. What does not fit the mode leaves it as it is.

export function heldWith(mode: Mode, cause: Extract<Mode, { is: 'held' }>['causes'][number]): Mode {
  if (mode.is === 'held') return { is: 'held', causes: [...mode.causes, cause] };
  return mode.is === 'running' ? { is: 'held', causes: [cause] } : mode;
}

const ENDS_BY_A_WORD: ReadonlySet<HoldCause['kind']> = new Set(['person', 'verdict', 'freeze']);

/** A person's word ends what a person, a verdict or a freeze began; anything else has commands of its own. */
export function resumed(launch: Launch): Launch {
  if (launch.mode.is !== 'held') return launch;
  const causes = launch.mode.causes.filter(({ kind }) => !ENDS_BY_A_WORD.has(kind));
  if (causes.length > 0) return { ...launch, mode: { is: 'held', causes } };
  return { ...launch, mode: { is: 'running' }, steps: decidingAgain(launch.steps) };
}

/** What could not tell has to tell now, or hold the launch again: a watch by itself may go on for ever. */
function decidingAgain(steps: Launch['steps']): Launch['steps'] {
  const pairs = Object.entries(steps).map(([id, state]): [string, StepState] => {
    const watches = state.is === 'active' && state.observing === 'watch';
    return [id, watches ? { ...state, round: state.round + 1, observing: 'decide' } : state];
  });
  return Object.fromEntries(pairs);
}

/** Removes what a step held the launch for; the launch goes on when nothing else holds it. A freeze is answered for itself. */
export function clearCauses(launch: Launch, step: string): Launch {
  if (launch.mode.is !== 'held') return launch;
  const causes = launch.mode.causes.filter((cause) => isApart(cause) || cause.step !== step);
  return { ...launch, mode: causes.length === 0 ? { is: 'running' } : { is: 'held', causes } };
}

function isApart(cause: HoldCause): cause is Extract<HoldCause, { kind: 'person' | 'freeze' }> {
  return cause.kind === 'person' || cause.kind === 'freeze';
}

export function undoing(mode: Mode, items: Extract<Mode, { is: 'undoing' }>['items']): Mode {
  if (mode.is !== 'stopping') return mode;
  const { cause, ending, turnedAt } = mode;
  return { is: 'undoing', cause, ending, items, round: 0, turnedAt };
}

export function undoingAgain(mode: Mode): Mode {
  if (mode.is !== 'incomplete') return mode;
  const { cause, ending, items, round, turnedAt } = mode;
  return { is: 'undoing', cause, ending, items, round: round + 1, turnedAt };
}

export function ended(mode: Mode, event: Extract<LaunchEvent, { type: 'launch-ended' }>, at: number): Mode {
  const undone = mode.is === 'undoing' || mode.is === 'incomplete' ? mode : null;
  if (event.as === 'rollback-incomplete') {
    if (undone === null) return mode;
    const { cause, ending, items, round, turnedAt } = undone;
    return { is: 'incomplete', cause, ending, items, round, turnedAt, at };
  }
  return { is: 'ended', as: event.as, cause: undone?.cause ?? null, items: undone?.items ?? [], at };
}
