/** By window and shard: 1 for an alarm, 0 for none, or RESTS_NOW. */
export type Alarms = readonly Int8Array[];

/** A shard that says nothing. */
export const RESTS_NOW = -1;
/** Freedom that is lent to the figure of each length at a clustering of 1: little data says little. */
const LENT = 30;
const QUARTERS = 4;

/**
 * By how much alarms of shards of one version still come together over time, 1 where a shard's next window knows nothing of its last one.
 * For blocks of 1, 2, 4, ... windows and for all of them: how far the shards' alarms are apart in a block, as a multiple of what the
 * distances within each window add up to; the largest counts. Shards that differ for good are the farther apart the longer one looks: what
 * all of the time shows above a quarter of it, beyond one standard error, is carried on to `watched` windows.
 */
export function clusteringOf(alarms: Alarms, watched: number): number {
  const distances = alarms.map(distancesOf);
  const all = distances.length;
  let largest = 1;
  for (let length = 2; length < all; length *= 2) largest = Math.max(largest, figureOf(distances, length));
  const quarter = Math.ceil(all / QUARTERS);
  const whole = figureOf(distances, all);
  const error = whole * Math.sqrt(2 / Math.max(1, (distances[0]?.length ?? 0) - 1));
  const lasting = Math.max(0, whole - figureOf(distances, quarter) - error) / Math.max(1, all - quarter);
  return Math.max(largest, whole + lasting * Math.max(0, watched - all));
}

/** Of each shard from the mean of those that are not at rest. */
function distancesOf(window: Int8Array): Float64Array {
  let [sum, count] = [0, 0];
  for (const alarm of window)
    if (alarm !== RESTS_NOW) {
      sum += alarm;
      count += 1;
    }
  const mean = count === 0 ? 0 : sum / count;
  const distances = new Float64Array(window.length);
  for (let shard = 0; shard < window.length; shard += 1) {
    const alarm = window[shard] ?? RESTS_NOW;
    if (alarm !== RESTS_NOW) distances[shard] = alarm - mean;
  }
  return distances;
}

function figureOf(distances: readonly Float64Array[], length: number): number {
  const blocks = Math.floor(distances.length / length);
  const shards = distances[0]?.length ?? 0;
  let [between, within] = [0, 0];
  for (let block = 0; block < blocks; block += 1) {
    const sums = new Float64Array(shards);
    for (const window of distances.slice(block * length, (block + 1) * length))
      for (let shard = 0; shard < shards; shard += 1) {
        const distance = window[shard] ?? 0;
        sums[shard] = (sums[shard] ?? 0) + distance;
        within += distance ** 2;
      }
    for (const sum of sums) between += sum ** 2;
  }
  const freedom = Math.max(1, (shards - 1) * blocks);
  return within === 0 ? 1 : ((between / within) * freedom + LENT) / (freedom + LENT);
}
