import { z } from 'zod';
import { flagDelivery, flagKey } from './flag-view.ts';

const reason = z.string().trim().min(1).max(1000).describe('Why. It stands in the history.');
const why = z.string().trim().max(1000).default('').describe('Why. It stands in the history where it is given.');
const variant = z.string().min(1).max(200);
const segment = z.string().min(1).max(200);
const percent = z
  .number()
  .min(0)
  .max(100)
  .refine((share) => Math.abs(share * 1000 - Math.round(share * 1000)) < 1e-6, { error: 'at most 3 decimals' });
const at = z.number().int().min(0).max(8.64e15).describe('Milliseconds since the epoch.');

/** Who shall get a variant besides those who have it: a cohort only grows. */
export const flagRampAsked = z.strictObject({
  variant: variant
    .optional()
    .describe(
      'Left out: the one that ramps already, else of a boolean flag the one that is true, else the only one that is not off.',
    ),
  cohort: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("Seed of the cohort. Left out: as before, else the flag's key."),
  segments: z.array(segment).max(50).default([]).describe('Segments that get it whole.'),
  share: z
    .strictObject({ percent, of: segment.nullable().describe('null: of everybody.') })
    .optional()
    .describe('So many per cent of everybody or of a segment, chosen by the hash of their targeting key.'),
});

/** What a person may ask of a flag set. */
export const flagCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('define'),
    flag: flagKey,
    file: z.string().min(1).max(500).describe('Name of the text, for messages.'),
    text: z.string().max(1_000_000).describe('Flag definitions as JSON or YAML; of them, this one is taken.'),
    reason: why,
  }),
  z.strictObject({ type: z.literal('remove'), flag: flagKey, reason: why }),
  z.strictObject({ type: z.literal('ramp'), flag: flagKey, ramp: flagRampAsked, reason: why }),
  z.strictObject({
    type: z.literal('ramp-over-time'),
    flag: flagKey,
    ramp: flagRampAsked,
    to: percent.describe('The last share.'),
    over: z.number().int().min(1000).max(31_536_000_000).describe('Milliseconds from the first share to the last.'),
    every: z
      .number()
      .int()
      .min(1000)
      .max(31_536_000_000)
      .describe('Milliseconds between two shares; at most 200 of them.'),
    reason: why,
  }),
  z.strictObject({ type: z.literal('end-ramp'), flag: flagKey, reason: why }),
  z.strictObject({
    type: z.literal('schedule'),
    flag: flagKey,
    at,
    change: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('ramp'), ramp: flagRampAsked }),
      z.strictObject({ kind: z.literal('end-ramp') }),
      z.strictObject({ kind: z.literal('kill') }),
    ]),
    reason: why,
  }),
  z.strictObject({ type: z.literal('cancel'), schedule: z.string().min(1).max(100), reason: why }),
  z.strictObject({ type: z.literal('approve'), proposal: z.string().min(1).max(100) }),
  z.strictObject({ type: z.literal('reject'), proposal: z.string().min(1).max(100), reason }),
]);
export type FlagCommandWire = z.infer<typeof flagCommand>;
export type FlagCommandAsked = z.input<typeof flagCommand>;
export type FlagRampAsked = z.infer<typeof flagRampAsked>;

/** What became of a command. */
export const flagDone = z.strictObject({
  set: z.string(),
  version: z.number().int().describe('Number of the newest event.'),
  events: z.number().int().min(0).describe('How many events it made; 0: it was so already.'),
  proposed: z.array(z.string()).describe('Ids under which it waits for approval; empty: it is in force.'),
});
export type FlagDone = z.infer<typeof flagDone>;

/** For a kill, and for taking one back. */
export const flagKillRequest = z.strictObject({ reason });

export const flagKilled = flagDone.extend({
  flag: z.string(),
  sentence: z.string().describe('Who gets what now, in words.'),
  at: z.number().int().describe('When it was in force here. Milliseconds since the epoch.'),
  delivery: flagDelivery.nullable().describe('How far it had come when this was answered; null: unknown.'),
  announced: z.string().nullable().describe('The launch that tells the channels of the set; null: nobody is told.'),
  problem: z.string().nullable().describe('Why nobody could be told yet; null: nothing is wrong.'),
});
export type FlagKilled = z.infer<typeof flagKilled>;
