import type { Command, Context, State } from '@slipway/core';
import { allowedAt, quietUntil } from '@slipway/plan';

/**
 * What the plan of a launch says of an instant (epoch ms), for the decision that is made then: its calendar, where it has one, and
 * its quiet hours.
 */
export function openingAt(state: State, command: Command, now: number): Pick<Context, 'opening' | 'quiet'> {
  const plan = state.is === 'launch' ? state.plan : command.type === 'start' ? command.plan : null;
  if (plan === null) return {};
  const { calendar, messages } = plan;
  return {
    ...(calendar === undefined ? {} : { opening: allowedAt(calendar, now) }),
    ...(messages?.quiet === undefined ? {} : { quiet: quietUntil(messages.quiet, now) }),
  };
}
