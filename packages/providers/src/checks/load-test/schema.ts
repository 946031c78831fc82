import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { argv, commandKeys } from '../../commands/command-keys.ts';

/** Above 0 and below 100: `p0` and `p100` are no percentiles of a summary. */
const percentile = z
  .string()
  .regex(/^p(?!0*(?:\.0*)?$)\d{1,2}(?:\.\d{1,3})?$/, { error: 'is not a percentile, like p95 or p99.9' });

const conditions = ['latency', 'error-rate', 'min-rate'] as const;

export const loadTestCheckSchema = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .optional()
      .describe(
        "The summary, a JSON file of autocannon (--json) or k6 (--summary-export, or what handleSummary is given), relative to the launch plan's folder. Either this or run. Example: load/summary.json.",
      ),
    run: argv()
      .optional()
      .describe(
        'A command that prints such a summary, at most 64 kB in all; no shell reads it. Either this or file. Example: [npx, autocannon, --json, -d, "30", https://staging.shop.example].',
      ),
    directory: commandKeys.directory,
    env: commandKeys.env,
    timeout: commandKeys.timeout,
    latency: z
      .record(percentile, duration())
      .default({})
      .describe(
        'At most so long at a percentile, which the summary must have: autocannon has p50, p75, p90, p97.5, p99 and p99.9, k6 by itself p50, p90 and p95. Example: {p90: 150ms, p99: 800ms}.',
      ),
    'error-rate': z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'At most so many requests without a good answer, of all requests: no answer, or none that the tool takes for good. Default: 0.05. Example: 0.01.',
      ),
    'min-rate': z
      .number()
      .positive()
      .optional()
      .describe('At least so many requests per second, on average. Example: 200.'),
    'min-requests': z
      .int()
      .min(1)
      .default(100)
      .describe('At least so many requests in all: fewer say little about a percentile. Example: 10000.'),
    'max-age': duration({ min: 1 })
      .prefault('1d')
      .describe(
        'How long ago the load test may have ended: by its own word (autocannon), and by the time of the file. Example: 7d.',
      ),
  })
  .refine(({ file, run }) => (file === undefined) !== (run === undefined), { error: 'give either file or run' })
  .refine((config) => conditions.some((name) => config[name] !== undefined && !isEmpty(config[name])), {
    error: `give at least one of ${conditions.join(', ')}`,
  })
  .describe('The result of a load test: latency, errors, requests per second; autocannon or k6.');

export type LoadTestCheckConfig = z.infer<typeof loadTestCheckSchema>;

const isEmpty = (given: unknown): boolean => typeof given === 'object' && Object.keys(given ?? {}).length === 0;
