import type { FlagOutcome } from '../ports/flag-counter.ts';
import { type CountRow, keyOf } from './count-table.ts';

/** Outcomes as rows, those of the same name and variant as one. `now`: epoch ms. Throws RangeError where one cannot be counted. */
export function outcomeRows(set: string, outcomes: readonly FlagOutcome[], now: number): readonly CountRow[] {
  const rows = new Map<string, CountRow>();
  for (const { flag, variant, outcome, good, bad } of outcomes) {
    if (!isCount(good) || !isCount(bad))
      throw new RangeError('Outcomes are counted in whole numbers from 0 to 1,000,000,000.');
    if (outcome === '') throw new RangeError('An outcome needs a name.');
    const key = { set, flag, outcome, variant };
    const before = rows.get(keyOf(key));
    const sum = { good: good + (before?.good ?? 0), bad: bad + (before?.bad ?? 0) };
    rows.set(keyOf(key), { ...key, ...sum, firstBadAt: sum.bad > 0 ? now : null });
  }
  return [...rows.values()];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 1_000_000_000;
}
