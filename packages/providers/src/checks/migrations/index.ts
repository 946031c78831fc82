import { resolve } from 'node:path';
import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { readOnly } from '../../sql/read-only.ts';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import { classifySql } from './classify-sql.ts';
import type { Compared } from './compare-history.ts';
import { compareHistory } from './compare-history.ts';
import { flywayChecksum } from './flyway-checksum.ts';
import type { History } from './history.ts';
import { historyOf, historyQuery } from './history.ts';
import type { Classified } from './migration-class.ts';
import { destructive } from './migration-class.ts';
import type { MigrationFile } from './migration-files.ts';
import { migrationFiles } from './migration-files.ts';
import type { MigrationsCheckConfig } from './schema.ts';
import { migrationsCheckSchema } from './schema.ts';

type Needs = 'directory' | 'secret';

const MAX_BYTES = 1_000_000;

/** Compares the migrations that a database had with those of a folder, and says how dangerous those are that wait. */
export const migrationsCheck: CheckProvider<MigrationsCheckConfig, Needs> = {
  kind: 'check',
  name: 'migrations',
  schema: migrationsCheckSchema,
  needs: ['directory', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const files = await migrationFiles(config.tool, resolve(context.directory, config.folder));
    if (files.length === 0) throw new TerminalError(`${config.folder} has no migration: check folder and tool`);
    const compared = compareHistory(files, await askHistory(config, context), await checksumsOf(config, files));
    const items = [appliedItem(compared, files), ...wrongItems(compared), ...(await pendingItems(config, compared))];
    const wrong = items.filter((item) => item.verdict !== 'pass');
    return {
      verdict: wrong.length === 0 ? 'pass' : 'fail',
      evidence: boundedEvidence(summaryOf(compared, wrong), items),
    };
  },
};

async function askHistory(config: MigrationsCheckConfig, context: ProviderContext<Needs>): Promise<History> {
  const url = await context.secret(config.url);
  const { timeout } = config;
  const tooMuch = 'the table of migrations is larger than 10 MB: check tool';
  const reading = { key: 'url', url, timeout, signal: context.signal, maxBytes: 10_000_000, tooMuch };
  return await readOnly(reading, async (ask) => historyOf(config.tool, (await ask(historyQuery(config))).rows));
}

async function checksumsOf(
  { tool }: MigrationsCheckConfig,
  files: readonly MigrationFile[],
): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const { key, path } of tool === 'flyway' ? files : []) {
    if (!key.startsWith('V')) sums.set(key, flywayChecksum((await readBoundedFile(path, MAX_BYTES)) ?? ''));
  }
  return sums;
}

function appliedItem({ applied }: Compared, files: readonly MigrationFile[]): EvidenceItem {
  const found = `${applied} applied, ${files.length} in the folder`;
  return { asked: 'migrations', found, expected: 'each in both', verdict: 'pass' };
}

function wrongItems({ failed, unknown }: Compared): readonly EvidenceItem[] {
  return [
    ...failed.map(({ name }): EvidenceItem => {
      return { asked: `migration ${name}`, found: 'failed, or still runs', expected: 'applied', verdict: 'fail' };
    }),
    ...unknown.map(({ name }): EvidenceItem => {
      const found = 'applied, but no file has it';
      return { asked: `migration ${name}`, found, expected: 'a file in the folder', verdict: 'fail' };
    }),
  ];
}

async function pendingItems(config: MigrationsCheckConfig, { pending }: Compared): Promise<readonly EvidenceItem[]> {
  const items: EvidenceItem[] = [];
  const expected = config['allow-pending'] ? `applied, or pending and ${config.allow.join(' or ')}` : 'applied';
  for (const { name, path } of pending) {
    const classified = await classifyFile(path);
    const isAllowed = config['allow-pending'] && config.allow.includes(classified.class);
    const found = `pending, ${classified.class}: ${classified.why}`;
    items.push({ asked: `migration ${name}`, found, expected, verdict: isAllowed ? 'pass' : 'fail' });
  }
  return items;
}

async function classifyFile(path: string): Promise<Classified> {
  if (!path.endsWith('.sql')) return destructive('cannot be read: it is a program, not SQL');
  try {
    const sql = await readBoundedFile(path, MAX_BYTES);
    return sql === null ? destructive('cannot be read: the file is gone') : classifySql(sql);
  } catch (error) {
    if (error instanceof TerminalError) return destructive('cannot be read: no file of at most 1 MB');
    throw error;
  }
}

function summaryOf({ applied, pending, failed, unknown }: Compared, wrong: readonly EvidenceItem[]): string {
  const counts = `${applied} applied, ${pending.length} pending, ${failed.length} failed, ${unknown.length} without a file`;
  const [first] = wrong;
  return first === undefined
    ? `The migrations are as they should be: ${counts}`
    : `The migrations are not as they should be (${counts}): ${first.asked} is ${first.found}`;
}
