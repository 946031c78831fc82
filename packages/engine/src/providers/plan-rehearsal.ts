import type { Launch } from '@slipway/core';
import { type PlanRehearsal, TerminalError } from '@slipway/provider-kit';
import type { Clock } from '../ports/clock.ts';
import type { Rehearser } from '../ports/rehearser.ts';

interface Rehearsing {
  readonly clock: Pick<Clock, 'now'>;
  readonly rehearser?: Rehearser;
}

/** The plan is the launch's own, as its record has it: whoever asks cannot have another one rehearsed. */
export function planRehearsalFor(
  { plan, planDigest, policy }: Pick<Launch, 'plan' | 'planDigest' | 'policy'>,
  { clock, rehearser }: Rehearsing,
): PlanRehearsal {
  return {
    planDigest,
    run: async (limits) => {
      if (rehearser === undefined) throw new TerminalError('this server cannot rehearse a plan');
      return await rehearser.rehearse({ plan, planDigest, policy, now: clock.now() }, limits);
    },
  };
}
