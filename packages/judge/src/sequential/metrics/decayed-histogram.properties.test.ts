import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS } from './buckets.ts';
import { DecayedHistogram, type HistogramState } from './decayed-histogram.ts';
import type { BucketCount } from './latency-metric.ts';

const HALF_LIFE = 3;
const LEAST = 1e-9;
const QUANTILES = Float64Array.of(0.99, 0.9, 0.5);

/** The definition: every bucket that there is, one number each. */
function plainly(seconds: readonly (readonly BucketCount[])[]): {
  readonly total: number;
  readonly counts: Float64Array;
} {
  const decay = 2 ** (-1 / HALF_LIFE);
  const counts = new Float64Array(BUCKETS);
  let total = 0;
  for (const second of seconds) {
    for (const [bucket, count] of counts.entries()) counts[bucket] = count * decay < LEAST ? 0 : count * decay;
    total *= decay;
    for (const [bucket, count] of second) {
      counts[bucket] = (counts[bucket] ?? 0) + count;
      total += count;
    }
  }
  return { total, counts };
}

function plainQuantile({ total, counts }: ReturnType<typeof plainly>, quantile: number, least: number): number {
  const most = (1 - quantile) * total;
  if (most < least) return -1;
  let above = 0;
  for (let bucket = BUCKETS - 1; bucket > 0; bucket -= 1) {
    above += counts[bucket] ?? 0;
    if (above > most) return bucket;
  }
  return 0;
}

function countsOf({ runs }: HistogramState): Float64Array {
  const counts = new Float64Array(BUCKETS);
  for (const [first = 0, ...each] of runs) counts.set(each, first);
  return counts;
}

function secondsOf(bucket: fc.Arbitrary<number>): fc.Arbitrary<readonly (readonly BucketCount[])[]> {
  const second = fc.array(fc.tuple(bucket, fc.integer({ min: 1, max: 40 })), { maxLength: 8 });
  const each = fc.oneof({ weight: 3, arbitrary: second }, { weight: 1, arbitrary: fc.constant([]) });
  return fc.array(each, { maxLength: 60, size: 'max' });
}

const near = fc.integer({ min: 200, max: 230 });
const anywhere = fc.oneof(near, fc.constantFrom(0, BUCKETS - 1), fc.nat({ max: BUCKETS - 1 }));
/** In one place, far from both ends, or all over: what is held grows at both sides. */
const seconds = fc.oneof(secondsOf(near), secondsOf(anywhere));

function after(all: readonly (readonly BucketCount[])[]): DecayedHistogram {
  const histogram = new DecayedHistogram(HALF_LIFE);
  for (const each of all) histogram.add(each);
  return histogram;
}

describe('a histogram that holds no more buckets than it has seen', () => {
  it('is one of all buckets, to the last digit', () => {
    const asked = fc.property(seconds, (all) => {
      const [state, wanted] = [after(all).state(), plainly(all)];
      expect(state.total).toBe(wanted.total);
      expect(countsOf(state)).toEqual(wanted.counts);
    });
    fc.assert(asked);
  });

  it('has its quantiles in the same buckets, also after it went through JSON', () => {
    const asked = fc.property(seconds, seconds, fc.constantFrom(0.5, 5), (before, then, least) => {
      const restored = after([]);
      restored.restore(JSON.parse(JSON.stringify(after(before).state())) as HistogramState);
      for (const each of then) restored.add(each);
      const into = new Int16Array(QUANTILES.length);
      restored.quantileBuckets(QUANTILES, least, into);
      const wanted = plainly([...before, ...then]);
      expect([...into]).toEqual(Array.from(QUANTILES, (quantile) => plainQuantile(wanted, quantile, least)));
    });
    fc.assert(asked);
  });

  it.each([-1, BUCKETS, 1e12, 0.5, Number.NaN, Infinity])('makes no room for %d, which is no bucket', (none) => {
    const histogram = after([[[7, 3]], [[none, 2]]]);
    expect(histogram.state().runs).toEqual([[7, 3 * 2 ** (-1 / HALF_LIFE)]]);
  });

  it('refuses a state that reaches beyond the buckets', () => {
    expect(() => after([]).restore({ total: 2, runs: [[BUCKETS - 1, 1, 1]] })).toThrow(RangeError);
  });
});
