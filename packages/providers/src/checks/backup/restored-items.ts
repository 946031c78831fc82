import type { EvidenceItem } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { oneLine } from '../../metric-sources/common/one-line.ts';
import type { OneValue } from '../../sql/one-value.ts';
import { oneValue } from '../../sql/one-value.ts';
import type { Ask } from '../../sql/read-only.ts';
import { ageItem } from './age-item.ts';
import type { Expectation, Restored } from './schema.ts';

/** A database's first file is written when it is made, and by nothing after. */
const MADE = `select (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification
  from pg_database where datname = current_database()`;
const MAY_ASK = `select has_function_privilege('pg_stat_file(text, boolean)', 'execute')`;

/** One item for when the backup was restored, and one for each thing that the restored database must say. */
export async function restoredItems(restored: Restored, ask: Ask, now: number): Promise<readonly EvidenceItem[]> {
  const items: EvidenceItem[] = [await whenItem(restored, ask, now)];
  for (const expectation of restored.expect) {
    items.push(expectationItem(expectation, oneValue(await ask(expectation.query))));
  }
  return items;
}

async function whenItem({ when, 'max-age': maxAge }: Restored, ask: Ask, now: number): Promise<EvidenceItem> {
  if (when === undefined) await mayAsk(ask);
  const asked = 'restored';
  const at = oneValue(await ask(when ?? MADE));
  if (at.kind === 'value' && at.value instanceof Date) return ageItem({ asked, at: at.value.getTime(), now, maxAge });
  const found = at.kind === 'unknown' ? at.reason : 'no time: give a timestamptz';
  return { asked, found, expected: 'when it was restored', verdict: 'unknown' };
}

async function mayAsk(ask: Ask): Promise<void> {
  const may = oneValue(await ask(MAY_ASK));
  if (may.kind === 'value' && may.value === true) return;
  throw new TerminalError(
    'the role may not ask when the database was made: give restored.when, or grant it execute on function pg_stat_file(text, boolean)',
  );
}

/** Exported for its table of tests. */
export function expectationItem(expectation: Expectation, found: OneValue): EvidenceItem {
  const { query, equals, 'at-least': least } = expectation;
  const asked = oneLine(query);
  const wanted = [
    ...(equals === undefined ? [] : [JSON.stringify(equals)]),
    ...(least === undefined ? [] : [`at least ${least}`]),
  ];
  const expected = wanted.join(' and ');
  if (found.kind === 'unknown') return { asked, found: found.reason, expected, verdict: 'unknown' };
  const { value } = found;
  const shown = value instanceof Date ? value.toISOString() : JSON.stringify(value);
  if (least !== undefined && typeof value !== 'number')
    return { asked, found: `${shown}, not a number`, expected, verdict: 'unknown' };
  const holds = (equals === undefined || value === equals) && (least === undefined || Number(value) >= least);
  return { asked, found: shown, expected, verdict: holds ? 'pass' : 'fail' };
}
