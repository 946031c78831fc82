import { z } from 'zod';
import { recipients } from './message.ts';
import { duration } from './words.ts';

/** Milliseconds: people who are woken more often than that turn the channel off. */
const LEAST_AGAIN = 30_000;

/** Who is told where a step holds the launch and pages. */
export const page = z.strictObject({
  to: recipients(),
  again: duration(LEAST_AGAIN)
    .default('5m')
    .describe(
      'Time after which they are told again, while nobody acts; twelve times in all. Default: 5m. Example: 10m.',
    ),
  language: z.enum(['en', 'fr']).default('en').describe('Language of the message: en or fr. Default: en. Example: fr.'),
});
