import type { Command } from '../model/command.ts';
import type { TurnBackCause } from '../model/cause.ts';
import type { Launch } from '../model/state.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { turnBack } from './turn-back.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export function hold(launch: Launch, command: CommandOf<'hold'>): Handled {
  const { mode } = launch;
  switch (mode.is) {
    case 'held':
      if (mode.causes.some((cause) => cause.kind === 'person'))
        return refuse('not-now', 'somebody holds the launch already: resume ends that hold');
      return accept([{ type: 'held', cause: { kind: 'person', reason: command.reason } }]);
    case 'running':
      return accept([{ type: 'held', cause: { kind: 'person', reason: command.reason } }]);
    case 'stopping':
    case 'undoing':
      return refuse('not-now', 'the launch is on its way back; nothing holds a way back');
    case 'incomplete':
    case 'ended':
      return refuse('not-now', 'the launch has ended');
  }
}

export function resume(launch: Launch): Handled {
  const { mode } = launch;
  if (mode.is !== 'held') return refuse('not-now', 'the launch is not held');
  const open = mode.causes.flatMap((cause) => {
    if (cause.kind === 'step-failed') return [`step ${cause.step} failed: retry it, or skip it with a reason`];
    if (cause.kind === 'deadlock')
      return [`${cause.step} waits in a circle: call one of the launches off, then retry it`];
    return cause.kind === 'unknown-outcome' ? [`nobody knows whether ${cause.effect} was done: answer that first`] : [];
  });
  if (open.length === mode.causes.length && open[0] !== undefined) return refuse('not-now', open[0]);
  return accept([{ type: 'resumed' }]);
}

export function abort(launch: Launch, command: CommandOf<'abort'>, context: Context): Handled {
  return goBack(launch, { kind: 'abort', reason: command.reason }, context);
}

export function rollback(launch: Launch, command: CommandOf<'rollback'>, context: Context): Handled {
  return goBack(launch, { kind: 'rollback', reason: command.reason }, context);
}

/** Refused only where there is nothing left to go back from. */
function goBack(launch: Launch, cause: TurnBackCause, context: Context): Handled {
  switch (launch.mode.is) {
    case 'running':
    case 'held':
      return accept([turnBack(launch, cause, context.now)]);
    case 'stopping':
    case 'undoing':
      return refuse('not-now', 'the launch is on its way back already');
    case 'incomplete':
      return refuse('not-now', 'the way back is incomplete: mend the cause, then retry without naming a step');
    case 'ended':
      return refuse('not-now', `the launch has ended (${launch.mode.as}); to go back, launch the previous version`);
  }
}
