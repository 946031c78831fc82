import type { Command } from '../model/command.ts';
import type { State } from '../model/state.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { beginEffect, noteEffect, settleEffect } from './handle-effect.ts';
import { answer, completeTask, confirm } from './handle-person.ts';
import { choose } from './handle-scenario.ts';
import { overrideWindow, slip } from './handle-calendar.ts';
import { abort, hold, resume, rollback } from './handle-launch.ts';
import { retry, skip } from './handle-step.ts';
import { extendSoak } from './handle-soak.ts';
import { acknowledge } from './handle-acknowledge.ts';
import { hearAlert } from './handle-alert.ts';
import { pullTrigger } from './handle-trigger.ts';
import { tick } from './handle-tick.ts';
import { approveWaiver } from './handle-waiver.ts';
import { meetCondition, vote } from './handle-vote.ts';

/** The events of the command itself; what follows from them is added afterwards. */
export function handle(state: State, command: Command, context: Context): Handled {
  if (command.type === 'start') return start(state, command, context);
  if (state.is === 'absent') return refuse('not-found', 'there is no such launch');
  switch (command.type) {
    case 'choose':
      return choose(state, command, context);
    case 'vote':
      return vote(state, command, context);
    case 'meet-condition':
      return meetCondition(state, command, context);
    case 'confirm':
      return confirm(state, command, context);
    case 'complete-task':
      return completeTask(state, command, context);
    case 'override-window':
      return overrideWindow(state, command, context);
    case 'slip':
      return slip(state, command, context);
    case 'answer':
      return answer(state, command, context);
    case 'hold':
      return hold(state, command);
    case 'resume':
      return resume(state);
    case 'abort':
      return abort(state, command, context);
    case 'rollback':
      return rollback(state, command, context);
    case 'retry':
      return retry(state, command);
    case 'skip':
      return skip(state, command, context);
    case 'approve-waiver':
      return approveWaiver(state, command, context);
    case 'extend-soak':
      return extendSoak(state, command);
    case 'acknowledge':
      return acknowledge(state, command, context);
    case 'alert':
      return hearAlert(state, command, context);
    case 'tick':
      return tick(state, command.lived, context);
    case 'begin-effect':
      return beginEffect(state, command, context);
    case 'pull-trigger':
      return pullTrigger(state, command, context);
    case 'note-effect':
      return noteEffect(state, command);
    case 'settle-effect':
      return settleEffect(state, command, context);
  }
}

function start(state: State, command: Extract<Command, { type: 'start' }>, context: Context): Handled {
  if (state.is === 'launch') return refuse('conflict', `launch ${command.launch} has started already`);
  const { launch, plan, planDigest, directory, policy } = command;
  const t0 = plan.t0 ?? context.now;
  const under = policy === undefined ? {} : { policy };
  return accept([{ type: 'launch-started', launch, plan, planDigest, directory, t0, ...under }]);
}
