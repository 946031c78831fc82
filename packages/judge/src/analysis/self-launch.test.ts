import { expect, test } from 'vitest';
import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import type { ShardCounts } from '../sequential/placebo/shard-counts.ts';
import { firstShardsNew, noisyShards } from '../sequential/placebo/testing/noisy-shards.ts';
import { Analysis } from './analysis.ts';
import { isTurnedBack, SELF_METRIC, selfRules, totalsOf } from './self-launch.ts';

const NEW = 4;
const BY = { setting: 'instances' } as const;

/** The whole analysis, which works out every look. */
function isTurnedBackAsWhole(series: readonly ShardCounts[], falseAlarms: number): boolean {
  const analysis = new Analysis(selfRules(BY, falseAlarms), true, DEFAULT_DESIGN);
  return series.some((second) => {
    const shards = firstShardsNew(second, NEW);
    const [fresh, old] = [totalsOf([shards.new])[0], totalsOf([shards.old])[0]];
    const counts = {
      kind: 'instances' as const,
      newUnits: fresh?.units ?? 0,
      newBad: fresh?.bad ?? 0,
      oldUnits: old?.units ?? 0,
      oldBad: old?.bad ?? 0,
      shards,
    };
    return analysis.look(analysis.basisOf({ [SELF_METRIC]: counts }, null)).decision === 'fail';
  });
}

/** Up to the first second in which the whole analysis turns it back: a second less must not do. */
function lengthsOf(series: readonly ShardCounts[], falseAlarms: number): readonly number[] {
  let [low, high] = [0, series.length];
  if (!isTurnedBackAsWhole(series, falseAlarms)) return [series.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isTurnedBackAsWhole(series.slice(0, middle), falseAlarms)) high = middle;
    else low = middle;
  }
  return [low, high];
}

test.each([
  [1, 1, 'whole'],
  [2, 2, 'whole'],
  [3, 3, 'whole'],
  [4, 3, 'whole'],
  [5, 4, 'parts'],
  [6, 4, 'parts'],
] as const)(
  'turns instances back in the very second in which an analysis does (seed %i, %i times as bad, %s of units)',
  (seed, times, units) => {
    const shards = noisyShards(seed, { shards: 24, harmed: NEW, times, base: 0.05 });
    const whole = Array.from({ length: 400 }, shards);
    const series =
      units === 'whole' ? whole : whole.map((each) => ({ ...each, bad: each.bad.map((bad) => bad * 0.4) }));
    const totals = totalsOf(series);
    const chosen = Array.from({ length: NEW }, (_, shard) => shard);
    for (const falseAlarms of [0.01, 0.2])
      for (const length of lengthsOf(series, falseAlarms)) {
        const part = series.slice(0, length);
        const asWhole = isTurnedBackAsWhole(part, falseAlarms);
        expect(isTurnedBack({ series: part, totals, chosen }, BY, falseAlarms)).toBe(asWhole);
      }
  },
  60_000,
);
