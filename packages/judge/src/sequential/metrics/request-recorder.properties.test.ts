import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, upperEdge } from './buckets.ts';
import { type Recorded, RequestRecorder } from './request-recorder.ts';

const request = fc.tuple(fc.double(), fc.boolean());
const requests = fc.array(request, { maxLength: 60, size: 'max' });
type Request = readonly [ms: number, isBad: boolean];

function recordedOf(all: readonly Request[]): Recorded {
  const recorder = new RequestRecorder();
  for (const [ms, isBad] of all) recorder.record(ms, isBad);
  return recorder.drain();
}

function mergedOf(parts: readonly Recorded[]): Recorded {
  const recorder = new RequestRecorder();
  for (const part of parts) recorder.merge(part);
  return recorder.drain();
}

describe('a recorder of requests', () => {
  it('counts every request, every bad one and every time that is one', () => {
    const asked = fc.property(requests, (all) => {
      const { units, bad, latencies } = recordedOf(all);
      const timed = latencies.reduce((sum, [, count]) => sum + count, 0);
      expect([units, bad]).toEqual([all.length, all.filter(([, isBad]) => isBad).length]);
      expect(timed).toBe(all.filter(([ms]) => ms >= 0).length);
    });
    fc.assert(asked);
  });

  it('merges shards into what one alone would have seen, in any order', () => {
    const asked = fc.property(fc.array(requests, { maxLength: 5 }), (shards) => {
      const parts = shards.map(recordedOf);
      expect(mergedOf(parts)).toEqual(recordedOf(shards.flat()));
      expect(mergedOf(parts.toReversed())).toEqual(mergedOf(parts));
    });
    fc.assert(asked);
  });

  it('puts a time into the bucket between whose edges it lies', () => {
    const asked = fc.property(
      fc.integer({ min: 0, max: BUCKETS - 1 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (bucket, part) => {
        const [low, high] = [upperEdge(bucket - 1), upperEdge(bucket)];
        expect(recordedOf([[low + part * (high - low), false]]).latencies).toEqual([[bucket, 1]]);
        expect(recordedOf([[high, false]]).latencies).toEqual([[bucket, 1]]);
      },
    );
    fc.assert(asked);
  });

  it('counts what is faster than 1 ms in the first bucket and what took longer than all in the last', () => {
    expect(
      recordedOf([
        [0, false],
        [1, false],
        [1e9, true],
        [Infinity, true],
      ]),
    ).toEqual({
      units: 4,
      bad: 2,
      latencies: [
        [0, 2],
        [BUCKETS - 1, 2],
      ],
    });
  });

  it('begins anew after a drain', () => {
    const recorder = new RequestRecorder();
    recorder.record(20, true);
    recorder.drain();
    expect(recorder.drain()).toEqual({ units: 0, bad: 0, latencies: [] });
  });

  it.each([
    { units: NaN, bad: 0, latencies: [] },
    { units: 1, bad: -1, latencies: [] },
    { units: 1, bad: 0, latencies: [[BUCKETS, 1] as const] },
    { units: 1, bad: 0, latencies: [[0.5, 1] as const] },
    { units: 1, bad: 0, latencies: [[3, Infinity] as const] },
  ])('refuses what is no record: $units, $bad, $latencies', (wrong) => {
    const recorder = new RequestRecorder();
    expect(() => recorder.merge(wrong)).toThrow(RangeError);
    expect(recorder.drain()).toEqual({ units: 0, bad: 0, latencies: [] });
  });
});
