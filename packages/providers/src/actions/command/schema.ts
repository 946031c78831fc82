import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { argv, commandKeys } from '../../commands/command-keys.ts';

export const commandActionSchema = z.strictObject({
  ...commandKeys,
  timeout: duration({ min: 1 }).describe('How long it may run before it is ended. Example: 2m.'),
  verify: z
    .strictObject({ argv: argv().describe('Program and arguments, one item each. Example: [./migrated.sh].') })
    .optional()
    .describe(
      'Program that tells whether it was done, and changes nothing: exit 0 is yes, 1 is no, anything else is unknown. Example: {argv: [./migrated.sh]}.',
    ),
  idempotent: z
    .boolean()
    .default(false)
    .describe(
      'Whether running it twice does no more than running it once. SLIPWAY_EFFECT is the same in every attempt. Example: true.',
    ),
});

export type CommandActionConfig = z.infer<typeof commandActionSchema>;
