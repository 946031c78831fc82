import { poisson } from '../../streams/poisson.ts';
import type { Random } from '../../streams/random.ts';
import type { ArmsRules, ArmsSecond, ArmsStream, Failure } from './arms.ts';

/** The stream of shards that each answer badly by themselves. `total`: share of bad answers of a sound version, all causes together. */
export function drawnArms(
  rules: ArmsRules,
  total: number,
  { random, shard }: { readonly random: Random; readonly shard: (index: number) => ShardNext },
): ArmsStream {
  const { newShards, oldShards, harm } = rules;
  const shards = newShards + oldShards;
  const each = eachOf(rules);
  const nexts = Array.from({ length: shards }, (_, index) => shard(index));
  let second = 0;
  let anybody = -1;
  return () => {
    second += 1;
    const isHarmed = second > harm.onset;
    const times = isHarmed && harm.shape === 'alike' ? harm.factor : 1;
    const more = isHarmed && harm.shape === 'spread' ? (harm.factor - 1) * total * each : 0;
    const failures: Failure[] = [];
    const units: number[] = [];
    const bad: number[] = [];
    for (const [index, next] of nexts.entries()) {
      const isNew = index < newShards;
      let count = next(isNew ? times : 1, (user) => failures.push({ user, isNew }));
      const added = isNew ? poisson(more, random) : 0;
      for (let one = 0; one < added; one += 1) failures.push({ user: (anybody -= 1), isNew });
      count += added;
      bad.push(count);
      units.push(count + poisson(each * (1 - total), random));
    }
    return armsOf(units, bad, newShards, failures);
  };
}

/** Bad answers of one shard in the next second; `fail`: told of each user that they were given to, once for each. */
export type ShardNext = (times: number, fail: (user: number) => void) => number;

function armsOf(units: number[], bad: number[], newShards: number, failures: readonly Failure[]): ArmsSecond {
  return {
    new: { units: units.slice(0, newShards), bad: bad.slice(0, newShards) },
    old: { units: units.slice(newShards), bad: bad.slice(newShards) },
    failures,
  };
}

/** Requests of a shard in a second. */
export function eachOf({ rate, newShards, oldShards }: ArmsRules): number {
  return rate / (newShards + oldShards);
}

/** Names for users, each given once: above 0, so that they are never those of drawnArms. */
export function userNames(): () => number {
  let last = 0;
  return () => (last += 1);
}
