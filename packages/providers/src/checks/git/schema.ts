import { z } from 'zod';

export const gitCheckSchema = z
  .strictObject({
    clean: z
      .literal(true)
      .optional()
      .describe('Nothing is changed, added or untracked in the working tree. Example: true.'),
    branch: z.string().min(1).optional().describe('Branch that is checked out, as a glob. Example: release/*.'),
    tag: z.string().min(1).optional().describe('Glob that a tag on the commit must match. Example: prod-ready-*.'),
    directory: z
      .string()
      .min(1)
      .optional()
      .describe("The repository, relative to the launch plan's folder. Default: that folder. Example: services/shop."),
  })
  .refine(({ clean, branch, tag }) => clean !== undefined || branch !== undefined || tag !== undefined, {
    error: 'give at least one of clean, branch, tag',
  })
  .describe('The git repository: clean tree, branch, tag at HEAD.');

export type GitCheckConfig = z.infer<typeof gitCheckSchema>;
