import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noTotals, type ShardTotals } from './shard-totals.ts';
import { BETS, subsetEvidence } from './subset-evidence.ts';

const STRICT = { ratio: 1, points: 0 };

const shards = fc.array(fc.tuple(fc.nat(200), fc.nat(20)), { minLength: 4, maxLength: 7 });
const pools = shards.chain((each) => fc.tuple(fc.constant(each), fc.integer({ min: 1, max: each.length - 1 })));

function totalsOf(each: readonly (readonly [number, number])[]): ShardTotals {
  return {
    bad: Float64Array.from(each, ([bad]) => bad),
    bursts: Float64Array.from(each, ([, bursts]) => bursts),
    units: 1_000,
  };
}

/** The same shards, with every subset of them as the new version's, which comes first. */
function labelled<T>(each: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** each.length }, (_, bits) => {
    const isNew = (index: number) => (bits >> index) % 2 === 1;
    return [...each.filter((__, index) => isNew(index)), ...each.filter((__, index) => !isNew(index))];
  }).filter((_, bits) => each.filter((__, index) => (bits >> index) % 2 === 1).length === size);
}

test.each([1, -1] as const)('over all labels the mean of each bet is 1, whatever shards did (sign %d)', (sign) => {
  fc.assert(
    fc.property(pools, ([each, size]) => {
      const from = noTotals(each.length);
      const all = labelled(each, size).map((order) =>
        subsetEvidence(from, totalsOf(order), { newShards: size, margin: STRICT, sign }),
      );
      for (let bet = 0; bet < BETS; bet += 1) {
        const mean = all.reduce((sum, evidence) => sum + Math.exp(evidence[bet] ?? 0), 0) / all.length;
        expect(mean).toBeCloseTo(1, 6);
      }
    }),
  );
});

test('never comes to more than the number of subsets, which says how few shards can say too little', () => {
  const newAlone = totalsOf([
    [1e6, 1e4],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  const evidence = subsetEvidence(noTotals(4), newAlone, { newShards: 1, margin: STRICT, sign: 1 });
  for (const log of evidence) expect(log).toBeCloseTo(Math.log(4), 9);
});

test('a margin only lessens what speaks for harm', () => {
  fc.assert(
    fc.property(pools, ([each, size]) => {
      const of = (margin: typeof STRICT) =>
        subsetEvidence(noTotals(each.length), totalsOf(each), { newShards: size, margin, sign: 1 });
      const [strict, ...lenient] = [STRICT, { ratio: 1.5, points: 0 }, { ratio: 1, points: 0.01 }].map(of);
      for (const evidence of lenient)
        for (const [bet, log] of evidence.entries()) expect(log).toBeLessThanOrEqual((strict?.[bet] ?? 0) + 1e-9);
    }),
  );
});
