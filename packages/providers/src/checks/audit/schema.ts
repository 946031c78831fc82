import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { commandKeys } from '../../commands/command-keys.ts';
import { requestHeaders } from '../../http/http-keys.ts';

const ignored = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(200)
    .describe(
      "Advisory (GHSA or npm's number) or the scanner's rule, upper or lower case. Example: GHSA-vh95-rmgr-6w4m.",
    ),
  because: z.string().min(1).max(500).describe('Why it may be ignored, for the record. Example: only used in tests.'),
  until: z
    .string()
    .refine(isDate, { error: 'write a date like 2026-12-31' })
    .describe('Last day (UTC) on which it is ignored; from the next day on it counts again. Example: "2026-12-31".'),
});

const SOURCES = ['directory', 'npm-audit', 'sarif'] as const;

export const auditCheckSchema = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Where npm audit runs, relative to the launch plan's folder; it needs a lockfile there. Default: that folder. Example: web.",
      ),
    'npm-audit': z
      .string()
      .min(1)
      .optional()
      .describe(
        "What npm audit --json wrote, in place of running it: a file, relative to the launch plan's folder, or a URL. Example: reports/audit.json.",
      ),
    sarif: z
      .string()
      .min(1)
      .optional()
      .describe(
        "A scanner's report in SARIF 2.1.0, in place of npm audit: a file, relative to the launch plan's folder, or a URL. Example: reports/trivy.sarif.",
      ),
    'fail-on': z
      .enum(['critical', 'high', 'moderate', 'low'])
      .default('high')
      .describe(
        'The least severity that fails. In SARIF security-severity counts by the scale of CVSS 3.1 (9 critical, 7 high, 4 moderate, else low), and without it the level: error is high, warning moderate, note low. What cannot be read fails always. Example: critical.',
      ),
    ignore: z
      .array(ignored)
      .max(200)
      .default([])
      .describe(
        'What is known and does not fail for now. Example: [{id: GHSA-vh95-rmgr-6w4m, because: only used in tests, until: "2026-12-31"}].',
      ),
    'max-age': duration({ min: 1000 })
      .optional()
      .describe(
        'How old a report may be, by the oldest of what is known: when the file was written (for a URL: last-modified) and when the scanner ended (endTimeUtc in SARIF). Default: any age. Example: 24h.',
      ),
    headers: requestHeaders('SCANNER_TOKEN'),
    env: commandKeys.env,
    timeout: duration({ min: 1 })
      .prefault('2m')
      .describe('How long npm audit may run, or the URL take to answer. Example: 1m.'),
  })
  .refine((given) => SOURCES.filter((source) => given[source] !== undefined).length <= 1, {
    error: 'give at most one of directory, npm-audit, sarif',
  })
  .refine((given) => given['max-age'] === undefined || (given.sarif ?? given['npm-audit']) !== undefined, {
    error: 'max-age is for a report: npm audit itself is run now',
    path: ['max-age'],
  })
  .describe('Dependencies and code without known weaknesses: npm audit, or the SARIF report of a scanner.');

export type AuditCheckConfig = z.infer<typeof auditCheckSchema>;
export type Ignored = z.infer<typeof ignored>;

/** A day that the calendar has: 30 February is none. */
function isDate(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}
