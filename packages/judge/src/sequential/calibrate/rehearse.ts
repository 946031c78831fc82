import type { Look, MetricState, SequentialMetric } from '../metrics/metric.ts';
import type { ShardCounts, ShardReading } from '../placebo/shard-counts.ts';
import { randomWords } from '../reference/random-words.ts';

export interface RehearsalRules {
  /** Of the shards, how many are taken for the new version's. */
  readonly newShards: number;
  /** How many times other shards are. */
  readonly relabellings: number;
  readonly seed: number;
  /** ln of the evidence from which on the judge aborts, and the bad units below which it never does. */
  readonly evidence: number;
  readonly minBad: number;
}

export interface Rehearsal {
  readonly relabellings: number;
  /** How many of them the judge would have aborted, though nothing was new. */
  readonly aborts: number;
}

/** Anything that judges shards. */
export type ShardJudge = Pick<SequentialMetric<ShardReading, MetricState>, 'bad'> & {
  look(reading: ShardReading): Pick<Look, 'harm'>;
};

/** Judges the old version against itself: shards of it, drawn by chance, pretend to be the new one. */
export function rehearse(series: readonly ShardCounts[], start: () => ShardJudge, rules: RehearsalRules): Rehearsal {
  const shards = series[0]?.units.length ?? 0;
  const next = randomWords(rules.seed);
  let aborts = 0;
  for (let time = 0; time < rules.relabellings; time += 1) {
    const chosen = drawn(shards, rules.newShards, next);
    if (isAborted(series, { judge: start(), chosen, ...rules })) aborts += 1;
  }
  return { relabellings: rules.relabellings, aborts };
}

interface Pretended extends Pick<RehearsalRules, 'evidence' | 'minBad'> {
  readonly judge: ShardJudge;
  readonly chosen: ReadonlySet<number>;
}

function isAborted(series: readonly ShardCounts[], { judge, chosen, evidence, minBad }: Pretended): boolean {
  for (const { units, bad } of series) {
    const pick = (numbers: readonly number[], isNew: boolean) =>
      numbers.filter((_, shard) => chosen.has(shard) === isNew);
    const reading = {
      new: { units: pick(units, true), bad: pick(bad, true) },
      old: { units: pick(units, false), bad: pick(bad, false) },
    };
    if (judge.look(reading).harm >= evidence && judge.bad >= minBad) return true;
  }
  return false;
}

/** So many of the shards, each as likely as any other. */
function drawn(shards: number, count: number, next: () => number): ReadonlySet<number> {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, shards)) chosen.add(next() % shards);
  return chosen;
}
