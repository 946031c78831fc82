import { duration } from '@slipway/provider-kit';
import { z } from 'zod';

export const rehearsalCheckSchema = z
  .strictObject({
    timeout: duration({ min: 1000, max: 3_600_000 })
      .prefault('2m')
      .describe(
        'How long the rehearsal may take; the timeout of the step must be no shorter. Default: 2m. Example: 10m.',
      ),
  })
  .describe(
    'The server rehearses this very plan in virtual time, the good way and every way back, and each scenario ends as the plan wants.',
  );

export type RehearsalCheckConfig = z.infer<typeof rehearsalCheckSchema>;
