import { z } from 'zod';
import { recipients } from './message.ts';
import { duration, name } from './words.ts';

/** Milliseconds: people who are woken more often than that turn the channel off. */
const LEAST_AGAIN = 30_000;

const goal = (what: string, example: string) =>
  duration(LEAST_AGAIN)
    .optional()
    .describe(`Time within which somebody has to answer where ${what}. Default: no goal. Example: ${example}.`);

const answer = z.strictObject({
  p1: goal('something in production failed, or production has the new version and something failed', '5m'),
  p2: goal('nobody can tell how production is', '15m'),
  p3: goal('anything else pages, as in staging', '1h'),
});

/** Who is told where a step holds the launch and pages. */
export const page = z.strictObject({
  to: recipients(),
  again: duration(LEAST_AGAIN)
    .default('5m')
    .describe(
      'Time after which they are told again, while nobody acts; twelve times in all. Default: 5m. Example: 10m.',
    ),
  answer: answer
    .optional()
    .describe(
      'Goals for the time until a person answers, with "slipway ack" or by acting; the records hold them against what it took. Default: none. Example: {p1: 5m, p2: 15m, p3: 1h}.',
    ),
  escalation: z
    .array(name())
    .min(1)
    .max(5)
    .optional()
    .describe(
      'Channels or audiences that are told next, one each time that the goal under "answer" goes by without an answer. Default: nobody. Example: [lead, management].',
    ),
  language: z.enum(['en', 'fr']).default('en').describe('Language of the message: en or fr. Default: en. Example: fr.'),
});
