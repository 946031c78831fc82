import { z } from 'zod';
import { commitKey, refKey } from './ref-key.ts';

const CONDITIONS = [
  'clean',
  'branch',
  'tag',
  'commit',
  'descends-from',
  'contained-in',
  'no-diff-since',
  'up-to-date-with',
] as const;

export const gitCheckSchema = z
  .strictObject({
    clean: z
      .literal(true)
      .optional()
      .describe('Nothing is changed, added or untracked in the working tree. Example: true.'),
    branch: z.string().min(1).optional().describe('Branch that is checked out, as a glob. Example: release/*.'),
    tag: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Glob that a tag on the commit must match: on "commit" where that is given, else on HEAD. Example: prod-ready-*.',
      ),
    commit: commitKey()
      .optional()
      .describe(
        'Hash of a commit, whole or its first 7 or more digits. With "tag" it is where the tag must point, wherever HEAD is; without, it must be HEAD. Example: 0c5c2b7.',
      ),
    'descends-from': refKey()
      .optional()
      .describe('Branch, tag or commit that is in the history of HEAD, or is HEAD. Example: v2.4.0.'),
    'contained-in': refKey()
      .optional()
      .describe('Branch, tag or commit that has HEAD in its history, or is HEAD. Example: origin/main.'),
    'no-diff-since': refKey()
      .optional()
      .describe(
        'Tag, branch or commit that has the same files as HEAD, byte for byte; what is not committed is for "clean". Example: prod-ready-2026-01-23.',
      ),
    'up-to-date-with': refKey()
      .optional()
      .describe('Branch that has no commit which is not in HEAD, as it was last fetched. Example: origin/main.'),
    fetch: z
      .boolean()
      .default(false)
      .describe('Whether that branch is fetched first; then it is written with its remote in front. Example: true.'),
    directory: z
      .string()
      .min(1)
      .optional()
      .describe("The repository, relative to the launch plan's folder. Default: that folder. Example: services/shop."),
  })
  .refine((given) => CONDITIONS.some((condition) => given[condition] !== undefined), {
    error: `give at least one of ${CONDITIONS.join(', ')}`,
  })
  .refine((given) => !given.fetch || given['up-to-date-with'] !== undefined, {
    error: 'fetch needs up-to-date-with',
    path: ['fetch'],
  })
  .describe('The git repository: clean tree, branch, tag, commit, what is in its history and what is not.');

export type GitCheckConfig = z.infer<typeof gitCheckSchema>;
