import type { Command, Context, State } from '@slipway/core';
import { allowedAt } from '@slipway/plan';

/** What the calendar of a launch says of an instant (epoch ms), for the decision that is made then; nothing where its plan has none. */
export function openingAt(state: State, command: Command, now: number): Pick<Context, 'opening'> {
  const plan = state.is === 'launch' ? state.plan : command.type === 'start' ? command.plan : null;
  return plan?.calendar === undefined ? {} : { opening: allowedAt(plan.calendar, now) };
}
