import { duration, secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { commandKeys } from '../../commands/command-keys.ts';
import { readQuery } from '../../sql/read-query.ts';
import { size } from './size.ts';

const url = (example: string) =>
  secretRef().describe(
    `The secret that holds the URL of a PostgreSQL database, postgresql://user:password@host/database. Use a role that may only read. Example: {env: ${example}}.`,
  );

const expectation = z
  .strictObject({
    query: readQuery().describe(
      'One select that gives one value: one row, of which the first column counts. Example: select count(*) from orders.',
    ),
    equals: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .describe('The value is this one, of the same type. Default: not asked. Example: 0.'),
    'at-least': z
      .number()
      .optional()
      .describe('The value is a number, and not less than this. Default: not asked. Example: 1000.'),
  })
  .refine((given) => given.equals !== undefined || given['at-least'] !== undefined, {
    error: 'give equals or at-least',
  });

export const backupCheckSchema = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .max(1000)
      .refine((glob) => !glob.includes('**'), { error: 'may not have **: name each folder, or write * for one' })
      .optional()
      .describe(
        "The backups as files, a glob relative to the launch plan's folder; the newest counts, by the time of its last change. Default: none. Example: backups/shop-*.dump.",
      ),
    sql: z
      .strictObject({
        url: url('BACKUP_CATALOG_URL'),
        query: readQuery().describe(
          'One select that gives one row with at (a timestamptz, when the newest backup was made); size (bytes) may stand beside it. Example: select max(finished_at) as at from backups.',
        ),
      })
      .optional()
      .describe(
        'A table that lists the backups. Default: none. Example: {url: {env: BACKUP_CATALOG_URL}, query: select max(finished_at) as at from backups}.',
      ),
    command: z
      .strictObject(commandKeys)
      .optional()
      .describe(
        'A program that prints when the newest backup was made: in its last line a time with its zone (2026-11-24T02:00:00Z), or {"at": ..., "size": bytes}. Default: none. Example: {argv: [./newest-backup.sh]}.',
      ),
    'max-age': duration({ min: 1 })
      .prefault('24h')
      .describe('How old the newest backup may be. Default: 24h. Example: 6h.'),
    'min-size': size()
      .optional()
      .describe('How large it must be at least; an empty one never does. Default: not asked. Example: 20MB.'),
    restored: z
      .strictObject({
        url: url('RESTORED_DATABASE_URL'),
        expect: z
          .array(expectation)
          .min(1)
          .max(50)
          .describe(
            'What the restored database must say. Example: [{query: select count(*) from orders, at-least: 1000}].',
          ),
        when: readQuery()
          .optional()
          .describe(
            'One select that gives when the backup was restored, a timestamptz. Default: when the database was made, which needs the right to execute pg_stat_file. Example: select max(restored_at) from restore_log.',
          ),
        'max-age': duration({ min: 1 })
          .prefault('7d')
          .describe('How long ago it may have been restored. Default: 7d. Example: 24h.'),
      })
      .optional()
      .describe(
        'A database that the backup was restored into by a step before: proves that it can be. Default: not asked. Example: {url: {env: RESTORED_DATABASE_URL}, expect: [{query: select count(*) from orders, at-least: 1000}]}.',
      ),
    timeout: duration({ min: 100, max: 600_000 })
      .prefault('30s')
      .describe('How long each database, or the folder, may take to answer. Default: 30s. Example: 2m.'),
  })
  .refine(({ file, sql, command }) => [file, sql, command].filter((each) => each !== undefined).length <= 1, {
    error: 'give one of file, sql, command',
  })
  .refine(({ file, sql, command, restored }) => [file, sql, command, restored].some((each) => each !== undefined), {
    error: 'give at least one of file, sql, command, restored',
  })
  .describe('The newest backup is young and large enough, and one was restored and read.');

export type BackupCheckConfig = z.infer<typeof backupCheckSchema>;
export type Restored = NonNullable<BackupCheckConfig['restored']>;
export type Expectation = Restored['expect'][number];
