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
  z.strictObject({ type: z.literal('skip'), step, reason }),
  z.strictObject({
    type: z.literal('answer'),
    effect: z.string().min(1).max(300).describe('The effect of which nobody knows whether it happened.'),
    done: z.boolean(),
    reason,
  }),
]);
export type LaunchCommand = z.infer<typeof launchCommand>;
