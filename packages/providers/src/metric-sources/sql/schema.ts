import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { freshSetting } from '../common/fresh-setting.ts';
import { gaugeUnit, NO_VALUE } from '../common/gauge-unit.ts';
import { readTimeout } from '../common/read-timeout.ts';

export const sqlQuerySchema = z
  .strictObject({
    connection: secretRef().describe(
      'The secret that holds the URL of a PostgreSQL database, postgresql://user:password@host/database. Use a role that may only read. Example: {env: METRICS_DATABASE_URL}.',
    ),
    query: z
      .string()
      .max(10_000)
      .refine((text) => /\$1(?!\d)/.test(text), { error: 'must use $1, the version that is read' })
      .describe(
        'One SELECT that gives one row with bad and total, cumulative counts of the version in $1 (a text); at (a timestamptz, when they were counted) and boot may stand beside them. No row: the version was never met. Example: "select count(*) filter (where failed) as bad, count(*) as total from orders where app_version = $1".',
      ),
    value: z
      .string()
      .min(1)
      .max(63)
      .optional()
      .describe(
        'For a gauge, a number that stands for itself: the column that holds it, in place of bad and total. Default: none, the row has counts. Example: waiting.',
      ),
    unit: gaugeUnit(),
    fresh: freshSetting('How old the counts or the value may be where the row has "at".'),
    timeout: readTimeout(),
  })
  .refine(({ value, unit }) => unit === undefined || value !== undefined, NO_VALUE)
  .describe('Cumulative counts, or a gauge, by a query to PostgreSQL, in a read-only transaction.');

export type SqlQuery = z.infer<typeof sqlQuerySchema>;
