import { z } from 'zod';
import { problem } from './plan-request.ts';

/** Characters of one file: a segment may hold a hundred thousand ids. */
const MOST_CHARACTERS = 20_000_000;

export const flagFiles = z.strictObject({
  files: z
    .array(
      z.strictObject({
        file: z
          .string()
          .min(1)
          .max(500)
          .describe('Its name, for messages; applied again under the same one, it replaces itself.'),
        text: z.string().max(MOST_CHARACTERS).describe("Flags in flagd's definition format, as JSON or YAML."),
      }),
    )
    .min(1)
    .max(50),
});
export type FlagFiles = z.infer<typeof flagFiles>;

export const flagFilesReport = z.strictObject({
  ok: z.boolean(),
  problems: z.array(problem),
  flags: z.number().int().min(0).describe('How many flags the files define; of files that are wrong none.'),
});
export type FlagFilesReport = z.infer<typeof flagFilesReport>;

export const flagApplyRequest = flagFiles.extend({
  reason: z.string().trim().max(1000).default('').describe('Why. It stands in the history where it is given.'),
  create: z.boolean().default(false).describe('Make the set where there is none yet.'),
  bucketing: z
    .enum(['v2', 'v3'])
    .default('v2')
    .describe('Of a set that is made: how people get into shares, for ever. v2 is what flagd does now.'),
  dryRun: z.boolean().default(false).describe('Only tell what would change.'),
});
export type FlagApplyRequest = z.infer<typeof flagApplyRequest>;
export type FlagApplyAsked = z.input<typeof flagApplyRequest>;

export const flagApplied = z.strictObject({
  set: z.string(),
  version: z.number().int().describe('Number of the newest event.'),
  created: z.boolean().describe('The set is new; in a dry run: it would be.'),
  dryRun: z.boolean(),
  changes: z.array(
    z.strictObject({
      file: z.string(),
      of: z.enum(['flag', 'segment']),
      name: z.string(),
      change: z.enum(['added', 'changed', 'removed']),
    }),
  ),
  proposed: z.array(z.string()).describe('Ids of what waits for approval; empty: it is in force.'),
});
export type FlagApplied = z.infer<typeof flagApplied>;
