import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence } from '@slipway/provider-kit';
import { readCommand } from '../../commands/read-command.ts';
import type { CommandNeeds } from '../../commands/run-command.ts';
import type { Reading } from '../../sql/read-only.ts';
import { readOnly } from '../../sql/read-only.ts';
import { ageItem } from './age-item.ts';
import { newestFile } from './newest-file.ts';
import { newestOfOutput } from './newest-of-output.ts';
import { newestOfRows } from './newest-of-rows.ts';
import type { Newest } from './newest.ts';
import { restoredItems } from './restored-items.ts';
import type { BackupCheckConfig } from './schema.ts';
import { backupCheckSchema } from './schema.ts';
import { formatSize } from './size.ts';

type Context = ProviderContext<CommandNeeds>;

/** Looks how old and how large the newest backup is, and asks a database that one was restored into. */
export const backupCheck: CheckProvider<BackupCheckConfig, CommandNeeds> = {
  kind: 'check',
  name: 'backup',
  schema: backupCheckSchema,
  needs: ['commands', 'directory', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const newest = await newestBackup(config, context);
    const items = [
      ...(newest === null ? [] : newestItems(config, newest, context.now())),
      ...(await askRestored(config, context)),
    ];
    const wrong = items.find((item) => item.verdict !== 'pass');
    const summary =
      wrong === undefined
        ? `The backup is as it should be: ${items.map((item) => `${item.asked} ${item.found}`).join('; ')}`
        : `The backup is not as it should be: ${wrong.asked} is ${wrong.found}, expected ${wrong.expected}`;
    return { verdict: wrong === undefined ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

async function newestBackup(config: BackupCheckConfig, context: Context): Promise<Newest | null> {
  const { file, sql, command, timeout } = config;
  if (file !== undefined)
    return await newestFile(file, { directory: context.directory, timeout, signal: context.signal });
  if (command !== undefined) return newestOfOutput(command.argv[0], await readCommand(command, context));
  if (sql === undefined) return null;
  const url = await context.secret(sql.url);
  return await readOnly(readingOf({ key: 'sql.url', url }, config, context), async (ask) =>
    newestOfRows(await ask(sql.query)),
  );
}

async function askRestored(config: BackupCheckConfig, context: Context): Promise<readonly EvidenceItem[]> {
  const { restored } = config;
  if (restored === undefined) return [];
  const url = await context.secret(restored.url);
  return await readOnly(readingOf({ key: 'restored.url', url }, config, context), async (ask) =>
    restoredItems(restored, ask, context.now()),
  );
}

function readingOf(
  database: Pick<Reading, 'key' | 'url'>,
  { timeout }: BackupCheckConfig,
  { signal }: Context,
): Reading {
  const tooMuch = 'a query gives more than 1 MB: it must give one row';
  return { ...database, timeout, signal, maxBytes: 1_000_000, tooMuch };
}

function newestItems(config: BackupCheckConfig, newest: Newest, now: number): readonly EvidenceItem[] {
  const asked = 'newest backup';
  if (newest.kind === 'none') return [{ asked, found: newest.reason, expected: 'a backup', verdict: 'fail' }];
  const age = ageItem({ asked, at: newest.at, now, maxAge: config['max-age'] });
  const named = { ...age, found: `${newest.name}, ${age.found}` };
  const least = config['min-size'];
  // A backup without a byte is none, whatever was asked for.
  const isEmpty = 'bytes' in newest.size && newest.size.bytes === 0;
  return least === undefined && !isEmpty ? [named] : [named, sizeItem(newest, Math.max(least ?? 0, 1))];
}

function sizeItem({ size }: Extract<Newest, { kind: 'found' }>, least: number): EvidenceItem {
  const asked = 'size of the newest backup';
  const expected = `at least ${formatSize(least)}`;
  if ('unknown' in size) return { asked, found: size.unknown, expected, verdict: 'unknown' };
  return { asked, found: formatSize(size.bytes), expected, verdict: size.bytes >= least ? 'pass' : 'fail' };
}
