import type { Command } from '../model/command.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { asksTheCalendar, changesProduction, isOpenAt } from '../program/production-gate.ts';
import { hasOpened } from '../program/has-opened.ts';
import { stepsInOrder } from '../program/steps.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { UNKNOWN } from './react-calendar.ts';
import { notInRole, rolesHeld } from './roles.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Somebody whom the plan names for it lets a step begin in production now, although the calendar says no. */
export function overrideWindow(launch: Launch, command: CommandOf<'override-window'>, context: Context): Handled {
  const { calendar, steps } = launch.plan;
  const step = own(steps, command.step);
  if (step === undefined) return refuse('not-found', `there is no step called ${command.step}`);
  if (launch.mode.is !== 'running' && launch.mode.is !== 'held')
    return refuse('not-now', 'the launch does not go forward any more');
  if (calendar === undefined) return refuse('not-now', 'the plan has no calendar: nothing waits for a window');
  const state = own(launch.steps, command.step);
  if ((state?.is !== 'waiting' && state?.is !== 'active') || !asksTheCalendar(launch, step))
    return refuse('not-now', `${step.id} does not wait for a window`);
  if (isOpenAt(context.opening ?? UNKNOWN, context.now))
    return refuse('not-now', 'it is allowed now: there is nothing to override');
  if (command.reason.trim() === '') return refuse('wrong-input', 'give a reason: it stands in the record');
  if (calendar.override === null)
    return refuse('not-allowed', 'nobody may override this calendar: its key "override" names the role that may');
  if (rolesHeld(launch, context.actor, [calendar.override]).length === 0)
    return notInRole(launch, context.actor, [calendar.override]);
  return accept([{ type: 'window-overridden', step: step.id, reason: command.reason }]);
}

/** Ten years in milliseconds: further away is a slip of the pen. */
const FURTHEST = 3_650 * 86_400_000;

/** Moves T-0, and with it whatever is relative to it; only while nothing of production has begun. */
export function slip(launch: Launch, { to, reason }: CommandOf<'slip'>, { now }: Context): Handled {
  if (launch.mode.is !== 'running' && launch.mode.is !== 'held')
    return refuse('not-now', 'the launch does not go forward any more');
  const begun = stepsInOrder(launch.plan).find(
    (step) => hasBegun(launch, step.id) && changesProduction(launch.plan, step),
  );
  if (begun !== undefined)
    return refuse('not-now', `${begun.id} has begun: T-0 is behind us and is not moved any more`);
  if (reason.trim() === '') return refuse('wrong-input', 'give a reason: it stands in the record');
  if (!Number.isSafeInteger(to) || Math.abs(to - launch.t0) > FURTHEST)
    return refuse('wrong-input', 'T-0 moves by at most ten years');
  if (to === launch.t0) return refuse('wrong-input', 'T-0 is there already');
  if (to < now) return refuse('wrong-input', 'T-0 moves to a time that is still to come');
  return accept([{ type: 't0-moved', from: launch.t0, to, reason }]);
}

function hasBegun(launch: Launch, id: string): boolean {
  const state = launch.steps[id];
  return hasOpened(state) && state.is !== 'skipped';
}
