/** Seconds of the windows in which shards are compared: clusters are as long as what causes them. */
const WINDOWS = [1, 10, 60];
/** Freedom that is lent to a window's figure, and to the figure of all time, at a dispersion of 1: little data says little. */
const LENT = 30;
const LENT_TO_ALL = 5;
/** Times the number of shards: bad units before the figure of all time counts. */
const ENOUGH = 2;
/** Above this the data is clustered, and the figure is taken times `CAUTION`: it was measured on data that came before. */
const CLUSTERED = 1.2;
const CAUTION = 1.5;

/**
 * By how much bad units come in clusters: 1 where they are independent, from Pearson's chi-square of shards of one version (instances, or
 * users by hash) over windows of 1, 10 and 60 s and over all of the time. `shares`: of the units, by shard, adding up to 1.
 * `bad`: bad units by second and shard.
 */
export function dispersionOf(shares: readonly number[], bad: readonly (readonly number[])[]): number {
  const freedom = shares.length - 1;
  const figures = WINDOWS.map((length) => {
    const distances = windowsOf(bad, length).flatMap((window) => chiSquare(shares, window) ?? []);
    const sum = distances.reduce((all, distance) => all + distance, 0);
    return (sum + LENT) / (freedom * distances.length + LENT);
  });
  const all = totalsOf(shares.length, bad);
  const distance = sumOf(all) >= ENOUGH * shares.length ? chiSquare(shares, all) : null;
  if (distance !== null) figures.push((distance + LENT_TO_ALL) / (freedom + LENT_TO_ALL));
  const dispersion = Math.max(1, ...figures);
  return dispersion > CLUSTERED ? dispersion * CAUTION : dispersion;
}

function windowsOf(bad: readonly (readonly number[])[], length: number): readonly (readonly number[])[] {
  const count = Math.floor(bad.length / length);
  return Array.from({ length: count }, (_, window) => {
    const seconds = bad.slice(window * length, (window + 1) * length);
    return totalsOf(seconds[0]?.length ?? 0, seconds);
  });
}

function totalsOf(shards: number, seconds: readonly (readonly number[])[]): readonly number[] {
  return Array.from({ length: shards }, (_, shard) => sumOf(seconds.map((second) => second[shard] ?? 0)));
}

/** null: nothing was bad. */
function chiSquare(shares: readonly number[], bad: readonly number[]): number | null {
  const total = sumOf(bad);
  if (total === 0) return null;
  return sumOf(shares.map((share, shard) => ((bad[shard] ?? 0) - total * share) ** 2 / (total * share)));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
