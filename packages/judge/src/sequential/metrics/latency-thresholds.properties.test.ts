import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bucketOf, upperEdge } from './buckets.ts';
import type { BucketCount, LatencyReading, LatencyRules } from './latency-metric.ts';
import { LatencyThresholds } from './latency-thresholds.ts';

/** So long that nothing of the past is lost in a test: the definition below does not forget. */
const FOR_EVER = 1e300;
const LEAST_ABOVE = 5;
const rules: LatencyRules = {
  ratio: 1.1,
  addMs: 2,
  levels: [
    { quantile: 0.5, share: 0.4 },
    { quantile: 0.9, share: 0.6 },
  ],
  promotionLevel: 0.75,
  halfLife: FOR_EVER,
  dispersion: 1,
};
const HIGHEST_FIRST = [0.9, 0.75, 0.5];

const second: fc.Arbitrary<readonly BucketCount[]> = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 100, max: 140 }), fc.integer({ min: 1, max: 40 })),
  { selector: ([bucket]) => bucket, maxLength: 12 },
);
const readings: fc.Arbitrary<readonly LatencyReading[]> = fc.array(fc.record({ new: second, old: second }), {
  maxLength: 20,
  size: 'max',
});

function sum(counts: readonly BucketCount[], above = -1): number {
  return counts.reduce((all, [bucket, count]) => (bucket > above ? all + count : all), 0);
}

/** The highest bucket that has, with those above it, more than (1 - quantile) of the past. */
function thresholdOf(past: readonly BucketCount[], quantile: number): number | null {
  const most = (1 - quantile) * sum(past);
  if (most < LEAST_ABOVE) return null;
  const buckets = past.map(([bucket]) => bucket).toSorted((one, other) => other - one);
  return buckets.find((bucket) => sum(past, bucket - 1) > most) ?? null;
}

it('compares above thresholds that are those of the past alone, each time they have moved', () => {
  const asked = fc.property(readings, (all) => {
    const thresholds = new LatencyThresholds(rules);
    let past: readonly BucketCount[] = [];
    for (const reading of all) {
      const wanted = HIGHEST_FIRST.map((quantile) => {
        const old = thresholdOf(past, quantile);
        if (old === null) return null;
        const allowed = bucketOf(rules.ratio * upperEdge(old) + rules.addMs);
        const units = { newUnits: sum(reading.new), oldUnits: sum(reading.old) };
        return { ...units, newBad: sum(reading.new, allowed), oldBad: sum(reading.old, old) };
      });
      expect(thresholds.countsOf(reading)).toEqual(wanted);
      thresholds.add(reading);
      past = [...past, ...reading.old];
    }
  });
  fc.assert(asked);
});
