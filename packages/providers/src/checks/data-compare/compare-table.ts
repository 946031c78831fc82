import type { EvidenceItem } from '@slipway/provider-kit';
import type { Ask } from '../../sql/read-only.ts';
import type { Columns } from './checksum-query.ts';
import { checksumOf, columnsOf, countOf } from './read-place.ts';
import type { DataCompareCheckConfig } from './schema.ts';
import type { TableName } from './table-name.ts';
import { nameText } from './table-name.ts';

/** The two databases, each to be asked in its own snapshot. */
export interface Places {
  readonly source: Ask;
  readonly target: Ask;
}

const both = async <T>({ source, target }: Places, ask: (place: Ask) => Promise<T>): Promise<readonly [T, T]> =>
  await Promise.all([ask(source), ask(target)]);

/** One item for a table: its rows and checksum in either place. */
export async function compareTable(
  table: TableName,
  config: DataCompareCheckConfig,
  places: Places,
): Promise<EvidenceItem> {
  const asked = `table ${nameText(table)}`;
  const columns = await both(places, (ask) => columnsOf(ask, table));
  const [inSource, inTarget] = columns;
  if (inSource === null || inTarget === null) return missingItem(asked, columns);
  const different = differentColumns(inSource, inTarget);
  if (different !== null) return { asked, found: different, expected: 'the same columns', verdict: 'fail' };
  const [sourceRows, targetRows] = await both(places, (ask) => countOf(ask, table));
  const largest = sourceRows > targetRows ? sourceRows : targetRows;
  const share = config.sample !== undefined && largest > BigInt(config.sample.above) ? config.sample.share : null;
  const sums = config.checksums
    ? await both(places, (ask) => checksumOf(ask, table, { columns: inSource, share }))
    : (['not asked', 'not asked'] as const);
  const text = (rows: bigint, sum: string): string => `${rows} rows, checksum ${sum}`;
  const isSame = sourceRows === targetRows && sums[0] === sums[1];
  const found = text(targetRows, sums[1]);
  return { asked, found, expected: text(sourceRows, sums[0]), verdict: isSame ? 'pass' : 'fail' };
}

function missingItem(asked: string, [inSource, inTarget]: readonly [Columns | null, Columns | null]): EvidenceItem {
  const expected = 'a table in both';
  if (inSource === null && inTarget === null) return { asked, found: 'in neither database', expected, verdict: 'fail' };
  const found = inSource === null ? 'not in the source' : 'not in the target';
  return { asked, found, expected, verdict: 'fail' };
}

/** In words; null where they are the same by name. Types may differ: values are compared as texts. */
function differentColumns(source: Columns, target: Columns): string | null {
  const [own, other] = [new Set(source.all), new Set(target.all)];
  const lost = source.all.filter((name) => !other.has(name));
  const more = target.all.filter((name) => !own.has(name));
  const words = [
    ...(lost.length === 0 ? [] : [`without ${lost.slice(0, 5).join(', ')}`]),
    ...(more.length === 0 ? [] : [`with ${more.slice(0, 5).join(', ')}`]),
  ];
  return words.length === 0 ? null : `columns in the target: ${words.join('; ')}`;
}
