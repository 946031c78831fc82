import type { FlagCounts, OutcomeCounts } from '@slipway/provider-kit';
import type { Queryable, SqlRow } from '../ports/database.ts';
import { parts } from '../store/parts.ts';
import { placeholders } from '../store/placeholders.ts';
import { type CountKey, type CountRow, inOrder } from './count-table.ts';

/** Milliseconds for which a report that comes again is known. */
const REMEMBERED = 86_400_000;

/** false: a batch of this id was counted before. `now`: epoch ms. */
export async function beginBatch(tx: Queryable, { set, batch }: Batch, now: number): Promise<boolean> {
  const sql = `insert into flag_batch (set_name, batch, at) values (?1, ?2, ?3)
    on conflict (set_name, batch) do nothing returning batch`;
  return (await tx.query(sql, [set, batch, now])).length > 0;
}

export interface Batch {
  readonly set: string;
  readonly batch: string;
}

export async function forgetBatches(tx: Queryable, now: number): Promise<void> {
  await tx.query('delete from flag_batch where at < ?1', [now - REMEMBERED]);
}

/** Each row once. */
export async function addCounts(tx: Queryable, counts: readonly CountRow[]): Promise<void> {
  for (const some of parts(inOrder(counts))) {
    const rows = some.map(({ set, flag, outcome, variant, good, bad, firstBadAt }) => {
      return [set, flag, outcome, variant, good, bad, firstBadAt];
    });
    await tx.query(
      `insert into flag_count (set_name, flag, outcome, variant, good, bad, first_bad_at) values ${placeholders(rows)}
        on conflict (set_name, flag, outcome, variant) do update set good = flag_count.good + excluded.good,
        bad = flag_count.bad + excluded.bad, first_bad_at = coalesce(flag_count.first_bad_at, excluded.first_bad_at)`,
      rows.flat(),
    );
  }
}

/** Whatever is counted of a set. */
export async function countedOf(database: Queryable, set: string): Promise<readonly CountKey[]> {
  const rows = await database.query('select flag, outcome, variant from flag_count where set_name = ?1', [set]);
  return rows.map((row) => ({ set, ...namesOf(row) }));
}

/** `now`: epoch ms. */
export async function readCounts(
  database: Queryable,
  { set, flag }: Pick<CountKey, 'set' | 'flag'>,
  now: number,
): Promise<Omit<FlagCounts, 'boot'>> {
  const sql = `select flag, outcome, variant, good, bad, first_bad_at from flag_count
    where set_name = ?1 and flag = ?2 order by outcome, variant`;
  const exposures = new Map<string, number>();
  const outcomes = new Map<string, Map<string, OutcomeCounts>>();
  const firstBadAt = new Map<string, number>();
  for (const row of await database.query(sql, [set, flag])) {
    const { outcome, variant } = namesOf(row);
    const [good, bad] = [Number(row['good']), Number(row['bad'])];
    if (outcome === '') exposures.set(variant, good);
    else outcomes.set(outcome, (outcomes.get(outcome) ?? new Map()).set(variant, { good, bad }));
    const first = row['first_bad_at'] ?? null;
    if (first !== null) firstBadAt.set(variant, Math.min(Number(first), firstBadAt.get(variant) ?? Infinity));
  }
  return {
    at: now,
    exposures: Object.fromEntries(exposures),
    outcomes: Object.fromEntries([...outcomes].map(([name, variants]) => [name, Object.fromEntries(variants)])),
    firstBadAt: Object.fromEntries(firstBadAt),
  };
}

function namesOf(row: SqlRow): Pick<CountKey, 'flag' | 'outcome' | 'variant'> {
  return { flag: String(row['flag']), outcome: String(row['outcome']), variant: String(row['variant']) };
}
