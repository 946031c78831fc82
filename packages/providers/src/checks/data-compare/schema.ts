import { duration, secretRef } from '@slipway/provider-kit';
import { z } from 'zod';

const identifier = '[A-Za-z_][A-Za-z0-9_$]{0,62}';

const database = (which: string, example: string) =>
  secretRef().describe(
    `The secret that holds the URL of the PostgreSQL database ${which}, postgresql://user:password@host/database. Use a role that may only read. Example: {env: ${example}}.`,
  );

const table = () =>
  z.string().regex(new RegExp(`^(?:${identifier}[.])?${identifier}$`), { error: 'is not the name of a table' });

export const dataCompareCheckSchema = z
  .strictObject({
    source: database('that was copied', 'OLD_DATABASE_URL'),
    target: database('that it was copied to', 'NEW_DATABASE_URL'),
    tables: z
      .array(table())
      .min(1)
      .max(500)
      .optional()
      .describe(
        'Tables to compare, with their schema where it is not public. Default: none. Example: [orders, app.users].',
      ),
    schema: z
      .string()
      .regex(new RegExp(`^${identifier}$`), { error: 'is not the name of a schema' })
      .optional()
      .describe('Compare all tables of this schema, in either database. Default: none. Example: public.'),
    except: z.array(table()).max(500).default([]).describe('Tables of the schema to leave out. Example: [sessions].'),
    checksums: z
      .boolean()
      .default(true)
      .describe('Whether rows are compared, and not only counted. Default: true. Example: false.'),
    sample: z
      .strictObject({
        above: z.int().min(0).describe('Tables with more rows than this are compared by a sample. Example: 10000000.'),
        share: z
          .number()
          .gt(0)
          .lt(1)
          .describe('Share of their rows, chosen by a hash of the primary key: the same in both. Example: 0.01.'),
      })
      .optional()
      .describe(
        'For big tables: compare some rows only; all are counted. One row that differs is met with the chance that is the share. Default: every row is compared. Example: {above: 10000000, share: 0.01}.',
      ),
    timeout: duration({ min: 100, max: 21_600_000 })
      .prefault('10m')
      .describe('How long each database may take for all of it. Default: 10m. Example: 1h.'),
  })
  .refine(({ tables, schema }) => (tables === undefined) !== (schema === undefined), {
    error: 'give one of tables, schema',
  })
  .describe(
    'Row counts and checksums of tables in two PostgreSQL databases: what was copied is all there, and the same.',
  );

export type DataCompareCheckConfig = z.infer<typeof dataCompareCheckSchema>;
