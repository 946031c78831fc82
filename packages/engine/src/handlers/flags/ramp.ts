import { audienceWords } from '@slipway/core';
import type { Flags } from '../../flags/flags.ts';
import { done, type Handlers, runAgain } from '../handler.ts';
import { executeFor } from './execute.ts';

/** The flag set refuses it where the flag was killed meanwhile, or is another launch's: a worker that stalled undoes no way back. */
export function rampHandler(flags: Flags): Handlers['ramp'] {
  return {
    run: async ({ environment, flag, variant, cohort, audience }, { launch, effect, say }) => {
      const told = `${flag}: ${variant} for ${audienceWords(audience)}`;
      say(told);
      const ramp = { variant, cohort, audience, launch: { id: launch.id, step: effect.step ?? '' } };
      await executeFor({ flags, launch }, environment, { type: 'launch-ramp', flag, ramp });
      return done(told);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}
