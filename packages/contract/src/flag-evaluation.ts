import { z } from 'zod';
import { flagKey } from './flag-view.ts';

export const flagEvaluateRequest = z.strictObject({
  flag: flagKey,
  context: z
    .record(z.string(), z.json())
    .describe('What the application knows of whoever asks, such as {"targetingKey":"u1"}.'),
});
export type FlagEvaluateRequest = z.infer<typeof flagEvaluateRequest>;

/** What somebody would get now. Nothing is counted. */
export const flagEvaluated = z.strictObject({
  flag: z.string(),
  reason: z.string().describe("OpenFeature's word: STATIC, DEFAULT, TARGETING_MATCH, DISABLED or ERROR."),
  variant: z.string().nullable().describe("null: the default of the caller's code counts."),
  value: z.json(),
  error: z.strictObject({ code: z.string(), details: z.string() }).nullable(),
  why: z.string().describe('The state of the flag that it follows from, in words.'),
});
export type FlagEvaluated = z.infer<typeof flagEvaluated>;
