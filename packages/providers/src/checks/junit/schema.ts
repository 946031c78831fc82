import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestHeaders, requestUrl } from '../../http/http-keys.ts';

/** Under the plan's folder only. */
const glob = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/^[\\/]|(?:^|[\\/])\.\.(?:[\\/]|$)/.test(text), {
    error: "is not under the launch plan's folder: write it without a leading slash and without ..",
  });

export const junitCheckSchema = z
  .strictObject({
    files: z
      .array(glob)
      .min(1)
      .max(20)
      .optional()
      .describe(
        "JUnit XML files as globs under the launch plan's folder; each must match at least one. Folders node_modules and .git are left out. Example: [reports/**/*.xml].",
      ),
    url: requestUrl('https://ci.example.com/junit.xml')
      .optional()
      .describe('One JUnit XML file by HTTP, in place of "files". Example: https://ci.example.com/junit.xml.'),
    headers: requestHeaders('CI_TOKEN'),
    'min-tests': z
      .int()
      .min(1)
      .default(1)
      .describe('How many tests must have run, without the skipped ones. Example: 250.'),
    'max-skipped': z
      .int()
      .min(0)
      .optional()
      .describe('How many tests may have been skipped. Default: any number. Example: 5.'),
    'max-age': duration({ min: 1000 })
      .optional()
      .describe(
        'How old each report may be, by the oldest of what is known: when the file was written (for a URL: last-modified) and the timestamps in it; one without a zone is read as UTC. Example: 24h.',
      ),
    timeout: duration({ min: 1 }).prefault('20s').describe('How long the URL may take to answer. Example: 10s.'),
  })
  .refine(({ files, url }) => (files === undefined) !== (url === undefined), { error: 'give either files or url' })
  .describe('Test results in JUnit XML: nothing failed, and enough was run.');

export type JunitCheckConfig = z.infer<typeof junitCheckSchema>;
