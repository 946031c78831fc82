import { z } from 'zod';

/** What the steps of a phase may do. */
export const phaseEffect = () =>
  z
    .enum(['read-only', 'executive'])
    .default('executive')
    .describe(
      'read-only: no step of the phase changes anything, so one that deploys, rolls out, or runs an executive command is refused; executive: they may. Default: executive. Example: read-only.',
    );
