import { perCent } from './buckets.ts';
import type { Serving } from './control.ts';
import { idOf, nobody } from './identifiers.ts';
import type { StoredSplit } from './stored-split.ts';

/**
 * Per cent of traffic by version as nginx gives it now, whatever was set. What it does not know it cannot route to; traffic to whom no
 * split of Slipway's named is shown under `target ID`, for nobody knows which version that is.
 */
export function realWeights(
  { split, targets }: StoredSplit,
  { knows }: Pick<Serving, 'knows'>,
  buckets: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> {
  const names = new Map(Object.keys(split.backends).map((version) => [idOf(version), version]));
  const weights = new Map(Object.keys(split.backends).map((version) => [version, 0]));
  for (const [id, count] of buckets) {
    if (id === nobody || !knows.has(id)) continue;
    const version = names.get(id) ?? targets[id]?.version ?? `target ${id}`;
    weights.set(version, count / perCent);
  }
  return Object.fromEntries(weights);
}
