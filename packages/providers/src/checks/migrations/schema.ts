import { duration, secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { MIGRATION_CLASSES } from './migration-class.ts';

const identifier = (what: string) =>
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_$]{0,62}$/, { error: `is not the name of a ${what}` });

export const migrationsCheckSchema = z
  .strictObject({
    url: secretRef().describe(
      'The secret that holds the URL of the PostgreSQL database, postgresql://user:password@host/database. Use a role that may only read. Example: {env: DATABASE_URL}.',
    ),
    tool: z
      .union(
        [
          z.enum(['prisma', 'flyway', 'knex']),
          z.strictObject({
            table: identifier('table').describe(
              'Table that has a row for each migration applied. Example: migrations.',
            ),
            column: identifier('column').describe(
              "Its column with the migration's name: that of the file, with or without its ending. Example: name.",
            ),
          }),
        ],
        { error: 'write prisma, flyway, knex, or {table: ..., column: ...}' },
      )
      .describe(
        'Whose table tells what was applied: _prisma_migrations, flyway_schema_history, knex_migrations, or one of your own. Example: prisma.',
      ),
    schema: identifier('schema')
      .optional()
      .describe(
        "Schema that the table is in. Default: the first of the role's search_path that has it. Example: public.",
      ),
    folder: z
      .string()
      .min(1)
      .max(1000)
      .describe("Folder of the migrations, relative to the launch plan's folder. Example: prisma/migrations."),
    'allow-pending': z
      .boolean()
      .default(false)
      .describe('Whether migrations may wait to be applied, as before a deployment. Default: false. Example: true.'),
    allow: z
      .array(z.enum(MIGRATION_CLASSES))
      .min(1)
      .max(3)
      .default(['expand'])
      .describe(
        'Of which classes those that wait may be: expand disturbs nobody, contract may break the version that runs, destructive may lose data; what cannot be read is destructive. Example: [expand, contract].',
      ),
    timeout: duration({ min: 100, max: 600_000 })
      .prefault('30s')
      .describe('How long the database may take to answer. Default: 30s. Example: 10s.'),
  })
  .describe('Migrations in the database against those in the folder: what waits, how dangerous it is, what failed.');

export type MigrationsCheckConfig = z.infer<typeof migrationsCheckSchema>;
export type Tool = MigrationsCheckConfig['tool'];
