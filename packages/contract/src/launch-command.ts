import { z } from 'zod';

const step = z.string().min(1).max(200).describe("A step's id.");
const reason = z.string().trim().min(1).max(2000).describe('Why. It stands in the record.');

/** What a person may ask of a launch. */
export const launchCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('vote'),
    step,
    vote: z.enum(['go', 'no-go']),
    reason: z.string().max(2000),
    basis: z.number().int().describe('The `basis.seq` that was shown: the vote is refused if the facts have changed.'),
    conditions: z
      .array(z.string().trim().min(1).max(500))
      .max(20)
      .exactOptional()
      .describe('What a GO depends on, one line each; left out: nothing.'),
  }),
  z.strictObject({
    type: z.literal('meet-condition'),
    step,
    condition: z.number().int().min(1).max(100_000).describe('Its number, as the launch shows it.'),
    proof: z.string().max(2000),
  }),
  z.strictObject({
    type: z.literal('choose'),
    scenario: z.string().min(1).max(200).describe("A scenario's name."),
    reason: z.string().max(2000).describe('Why; needed against the table, and where the plan says so.'),
    basis: z.number().int().describe('The `scenario.basis.seq` that was shown: refused if the facts have changed.'),
  }),
  z.strictObject({ type: z.literal('confirm'), step, phrase: z.string().max(500) }),
  z.strictObject({ type: z.literal('complete-task'), step, proof: z.string().max(2000) }),
  z.strictObject({ type: z.literal('hold'), reason }),
  z.strictObject({ type: z.literal('resume') }),
  z.strictObject({ type: z.literal('abort'), reason }),
  z.strictObject({ type: z.literal('rollback'), reason }),
  z.strictObject({
    type: z.literal('retry'),
    step: step.nullable().describe('null: go on with a way back that is incomplete.'),
  }),
  z.strictObject({
    type: z.literal('skip'),
    step,
    reason,
    until: z
      .string()
      .min(1)
      .max(100)
      .exactOptional()
      .describe(
        'When the waiver of a check ends: a length such as 4h, or a local time in the zone of the plan such as 2026-11-24T10:00. Left out: it does not.',
      ),
  }),
  z.strictObject({ type: z.literal('approve-waiver'), step }),
  z.strictObject({
    type: z.literal('extend-soak'),
    step,
    by: z.string().min(1).max(30).describe('How much longer it lasts, such as 12h.'),
    reason,
  }),
  z.strictObject({ type: z.literal('override-window'), step, reason }),
  z.strictObject({
    type: z.literal('acknowledge'),
    page: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .nullable()
      .describe('The page that was read, as its message numbers it; null: the newest.'),
    by: z.string().trim().min(1).max(200).exactOptional().describe('Who is on it; left out: whoever asks.'),
  }),
  z.strictObject({
    type: z.literal('slip'),
    to: z
      .string()
      .max(30)
      .optional()
      .describe("The new T-0 as local time in the plan's zone, such as 2026-11-24T10:00. Either this or `by`."),
    by: z
      .string()
      .max(30)
      .optional()
      .describe('How much later T-0 is, such as 30m; -30m is earlier. Either this or `to`.'),
    reason,
  }),
  z.strictObject({
    type: z.literal('answer'),
    effect: z.string().min(1).max(300).describe('The effect of which nobody knows whether it happened.'),
    done: z.boolean(),
    reason,
  }),
]);
export type LaunchCommand = z.infer<typeof launchCommand>;
