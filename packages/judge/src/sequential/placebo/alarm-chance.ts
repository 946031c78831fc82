/** What makes a shard like those of the other arm. */
export interface Likened {
  /** The chance with which each of its bad units is kept: above 0, at most 1. Less where it is larger than the others. */
  readonly keep: number;
  /** Bad units that come on top on average, independent of each other: what the margin allows. 0 or more. */
  readonly extra: number;
}

/** The chance, by a shard's bad units, that more than `atMost` of them are left once it is likened. */
export function alarmChance(atMost: number, { keep, extra }: Likened): (bad: number) => number {
  const silent = poissonAtMost(atMost, extra);
  const known = new Map<number, number>();
  return (bad) => {
    const before = known.get(bad);
    if (before !== undefined) return before;
    const chance = 1 - keptAtMost(bad, keep, silent);
    known.set(bad, chance);
    return chance;
  };
}

/** `silent`: chance of no alarm, by how many more may come. */
function keptAtMost(bad: number, keep: number, silent: readonly number[]): number {
  const atMost = silent.length - 1;
  if (keep === 1) return silent[atMost - bad] ?? 0;
  // Of the logarithms: the first terms of a large count are below what doubles can tell.
  const odds = Math.log(keep) - Math.log1p(-keep);
  let log = bad * Math.log1p(-keep);
  let sum = 0;
  for (let kept = 0; kept <= Math.min(bad, atMost); kept += 1) {
    sum += Math.exp(log) * (silent[atMost - kept] ?? 0);
    log += Math.log((bad - kept) / (kept + 1)) + odds;
  }
  return Math.min(1, sum);
}

/** Chances that a Poisson count is at most 0, 1, ..., `most`. */
function poissonAtMost(most: number, mean: number): readonly number[] {
  let log = -mean;
  let sum = 0;
  return Array.from({ length: most + 1 }, (_, count) => {
    sum += Math.exp(log);
    log += Math.log(mean / (count + 1));
    return Math.min(1, sum);
  });
}
