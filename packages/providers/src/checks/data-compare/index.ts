import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import type { Ask } from '../../sql/read-only.ts';
import { readOnly } from '../../sql/read-only.ts';
import { SETTINGS } from './checksum-query.ts';
import type { Places } from './compare-table.ts';
import { compareTable } from './compare-table.ts';
import { identityOf, tablesIn } from './read-place.ts';
import type { DataCompareCheckConfig } from './schema.ts';
import { dataCompareCheckSchema } from './schema.ts';
import type { TableName } from './table-name.ts';
import { nameText, tableName } from './table-name.ts';

const MAX_TABLES = 500;
const MAX_BYTES = 10_000_000;
const TOO_MUCH = 'the answers are larger than 10 MB: compare fewer tables at once';

/** Compares row counts and checksums of tables between two databases, each read in one snapshot. */
export const dataCompareCheck: CheckProvider<DataCompareCheckConfig, 'secret'> = {
  kind: 'check',
  name: 'data-compare',
  schema: dataCompareCheckSchema,
  needs: ['secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const items = await inBoth(config, context, (places) => compareAll(config, places));
    const wrong = items.filter((item) => item.verdict !== 'pass');
    const [first] = wrong;
    const sampled = items.filter(({ found }) => found.includes('of a sample of')).length;
    const note = sampled === 0 ? '' : ` (${sampled} by a sample of the rows)`;
    const summary =
      first === undefined
        ? `All ${items.length} tables are the same in source and target${note}`
        : `${wrong.length} of ${items.length} tables differ${note}: ${first.asked} has ${first.found}, expected ${first.expected}`;
    return { verdict: wrong.length === 0 ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

async function inBoth<T>(
  config: DataCompareCheckConfig,
  context: ProviderContext<'secret'>,
  work: (places: Places) => Promise<T>,
): Promise<T> {
  const [sourceUrl, targetUrl] = [await context.secret(config.source), await context.secret(config.target)];
  const { timeout } = config;
  const bounds = { timeout, signal: context.signal, maxBytes: MAX_BYTES, tooMuch: TOO_MUCH };
  return await readOnly({ key: 'source', url: sourceUrl, ...bounds }, async (source) => {
    await prepare(source);
    return await readOnly({ key: 'target', url: targetUrl, ...bounds }, async (target) => {
      await prepare(target);
      await refuseSame({ source, target });
      return await work({ source, target });
    });
  });
}

/** A database compared with itself is the same, and that proves nothing. */
async function refuseSame({ source, target }: Places): Promise<void> {
  const [own, other] = await Promise.all([identityOf(source), identityOf(target)]);
  if (own === other) throw new TerminalError('source and target are the same database: check the two secrets');
}

async function prepare(ask: Ask): Promise<void> {
  for (const setting of SETTINGS) await ask(setting);
}

async function compareAll(config: DataCompareCheckConfig, places: Places): Promise<readonly EvidenceItem[]> {
  const items: EvidenceItem[] = [];
  for (const table of await tablesOf(config, places)) items.push(await compareTable(table, config, places));
  return items;
}

async function tablesOf(
  { tables, schema, except }: DataCompareCheckConfig,
  { source, target }: Places,
): Promise<readonly TableName[]> {
  if (schema === undefined) return (tables ?? []).map(tableName);
  const found = [...(await tablesIn(source, schema)), ...(await tablesIn(target, schema))];
  const byName = new Map(found.map((table) => [nameText(table), table]));
  for (const left of except) byName.delete(nameText(left.includes('.') ? tableName(left) : { schema, table: left }));
  if (byName.size === 0) throw new TerminalError(`the schema ${schema} has no table in either database: check schema`);
  if (byName.size > MAX_TABLES) throw new TerminalError(`more than ${MAX_TABLES} tables: name some in tables`);
  return [...byName.values()];
}
