import { audienceWords, type Launch, type RampWork } from '@slipway/core';
import { TerminalError } from '@slipway/provider-kit';
import type { Flags } from '../../flags/flags.ts';
import { placeOf } from '../../providers/provider-access.ts';
import { done, type Handlers, runAgain } from '../handler.ts';
import { executeFor } from './execute.ts';
import { FlagTaken, killedBy } from './flag-taken.ts';

/** The flag set refuses it where the flag was killed meanwhile, or is another launch's: a worker that stalled undoes no way back. */
export function rampHandler(flags: Flags): Handlers['ramp'] {
  return {
    run: async (work, { launch, effect, say, signal }) => {
      const { environment, flag, variant, cohort, audience } = work;
      signal.throwIfAborted();
      const told = `${flag}: ${variant} for ${audienceWords(audience)}`;
      say(told);
      const ramp = { variant, cohort, audience, launch: { id: launch.id, step: effect.step ?? '' } };
      try {
        await executeFor({ flags, launch }, environment, { type: 'launch-ramp', flag, ramp });
      } catch (error) {
        throw killedOr(error, { flags, launch }, work);
      }
      return done(told);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

/** Who killed it, and why, says more than that it was refused. */
function killedOr(
  error: unknown,
  { flags, launch }: { readonly flags: Flags; readonly launch: Launch },
  { environment, flag }: RampWork,
): unknown {
  const kill = flags.find(placeOf(launch, environment))?.state.flags.get(flag)?.kill ?? null;
  return error instanceof TerminalError && kill !== null ? new FlagTaken(killedBy(flag, kill)) : error;
}
