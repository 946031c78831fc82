import { duration, secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestUrl } from '../../http/http-keys.ts';

/** A template may stand in these; what it became is looked at before the request. */
const REPOSITORY = /^(?:[\w.-]+(?:\/[\w.-]+)*|.*\{\{.*)$/;
const WORKFLOW = /^(?:[\w.-]+|.*\{\{.*)$/;
const SOURCE = /^[a-z_]+$/;
const COMMIT = /^(?:[0-9a-fA-F]{7,64}|.*\{\{.*)$/;

export const ciCheckSchema = z
  .strictObject({
    from: z.enum(['github', 'gitlab']).describe('Whose REST API is asked. Example: github.'),
    repository: z
      .string()
      .refine((text) => REPOSITORY.test(text), {
        error: 'write it like owner/name, or as the number of a GitLab project',
      })
      .describe(
        'The repository: owner and name, for GitLab the path or the number of the project. Example: acme/shop.',
      ),
    workflow: z
      .string()
      .refine((text) => WORKFLOW.test(text), {
        error: "write the name of the workflow's file without its folder, like nightly.yml",
      })
      .optional()
      .describe(
        "File name or number of the workflow; GitHub needs it, GitLab's pipelines have none. Example: nightly.yml.",
      ),
    source: z
      .string()
      .refine((text) => SOURCE.test(text), { error: 'write a source of pipelines, like schedule or push' })
      .optional()
      .describe('What started the pipelines that count; only for GitLab. Default: anything. Example: schedule.'),
    branch: z.string().min(1).max(255).describe('Branch whose runs count. Example: main.'),
    commit: z
      .string()
      .refine((text) => COMMIT.test(text), {
        error: 'write the hash of a commit, whole or at least its first 7 digits',
      })
      .optional()
      .describe('Only runs of this commit count: its hash, whole or the first 7 or more digits. Example: 0c5c2b7.'),
    cycles: z
      .int()
      .min(1)
      .max(500)
      .default(1)
      .describe('How many of the newest completed runs must be green, without another between them. Example: 2.'),
    'green-for': duration({ min: 1000 })
      .optional()
      .describe(
        'How long ago the first of an unbroken row of green runs must have ended; with "cycles" both must hold. Example: 48h.',
      ),
    'max-age': duration({ min: 1000 })
      .prefault('26h')
      .describe(
        'How long ago the newest of them may have been started; an older one proves nothing of today. Example: 8h.',
      ),
    url: requestUrl('https://github.example.com/api/v3')
      .optional()
      .describe(
        'Root of the API of a server of your own. Default: https://api.github.com or https://gitlab.com/api/v4. Example: https://github.example.com/api/v3.',
      ),
    token: secretRef()
      .optional()
      .describe(
        'The secret that holds a token which may read the runs; without it only public ones. Example: {env: CI_TOKEN}.',
      ),
    timeout: duration({ min: 1 }).prefault('20s').describe('How long one request may take. Example: 10s.'),
  })
  .refine(({ from, workflow }) => from !== 'github' || workflow !== undefined, {
    error: 'GitHub needs workflow: the name of its file, like nightly.yml',
    path: ['workflow'],
  })
  .refine(({ from, workflow }) => from !== 'gitlab' || workflow === undefined, {
    error: "GitLab's pipelines have no workflow: leave it out; source: schedule takes the nightly ones",
    path: ['workflow'],
  })
  .refine(({ from, source }) => from !== 'github' || source === undefined, {
    error: 'source is for GitLab; GitHub needs workflow',
    path: ['source'],
  })
  .describe('Runs of continuous integration are green: of a GitHub workflow, or pipelines of GitLab.');

export type CiCheckConfig = z.infer<typeof ciCheckSchema>;
