import type { Cell } from '../grid.ts';
import { type Stop, watch } from '../runs/watch.ts';
import type { Random } from '../streams/random.ts';
import type { ArmsKind, ArmsSecond } from './arms/arms.ts';
import type { Setting, ShardedSecond } from './settings.ts';

/** Shards of both versions; more where the new version would have fewer than it needs: one bad node cannot be told from a bad version. */
const SHARDS = 40;
const LEAST_NEW = 3;
/** Seconds before a launch from which a setting may learn, and before them seconds in which what comes together gets going. */
const LEARNED = 600;
const GOING = 60;

export interface CorrelatedLaunch {
  readonly cell: Cell;
  readonly kind: ArmsKind;
  /** Times as many bad answers as usual of the new version. */
  readonly factor: number;
  readonly settings: readonly Setting[];
  readonly seconds: number;
}

/** One launch with every setting of the judge. */
export function launch({ cell, kind, factor, settings, seconds }: CorrelatedLaunch, random: Random): readonly Stop[] {
  const shards = Math.max(SHARDS, Math.round(LEAST_NEW / cell.share));
  const newShards = Math.round(shards * cell.share);
  const harm = { factor, onset: GOING + LEARNED, shape: 'alike' } as const;
  const rules = { rate: cell.rate, base: cell.base, newShards, oldShards: shards - newShards, harm };
  const next = kind.start(rules, random);
  for (let second = 0; second < GOING; second += 1) next();
  const past = Array.from({ length: LEARNED }, () => next().old);
  const judges = settings.map((setting) => setting.start(past));
  return watch(() => whole(next()), judges, { seconds, onset: 0 });
}

function whole(second: ArmsSecond): ShardedSecond {
  const { new: fresh, old } = second;
  return {
    ...second,
    newUnits: sumOf(fresh.units),
    newBad: sumOf(fresh.bad),
    oldUnits: sumOf(old.units),
    oldBad: sumOf(old.bad),
  };
}

function sumOf(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
