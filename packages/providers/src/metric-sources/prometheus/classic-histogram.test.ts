import { describe, expect, it } from 'vitest';
import { bucketOf } from '../../routers/builtin/histogram.ts';
import { boundOf, latencyOf } from './classic-histogram.ts';

const INF = Number.POSITIVE_INFINITY;

describe('a classic histogram', () => {
  it.each<[string, [number, number][], Record<number, number>]>([
    [
      'counts each bucket at its upper bound',
      [
        [100, 5],
        [250, 8],
        [INF, 8],
      ],
      { [bucketOf(100)]: 5, [bucketOf(250)]: 3 },
    ],
    [
      'counts what is above the last bound at the highest bucket',
      [
        [100, 5],
        [INF, 7],
      ],
      { [bucketOf(100)]: 5, 543: 2 },
    ],
    [
      'is in any order',
      [
        [INF, 8],
        [250, 8],
        [100, 5],
      ],
      { [bucketOf(100)]: 5, [bucketOf(250)]: 3 },
    ],
    [
      'has no empty bucket',
      [
        [100, 0],
        [250, 0],
        [INF, 0],
      ],
      {},
    ],
    [
      'has bounds below a millisecond',
      [
        [0.5, 2],
        [0.9, 3],
        [INF, 3],
      ],
      { 0: 3 },
    ],
    [
      'has bounds above two minutes',
      [
        [600_000, 3],
        [INF, 3],
      ],
      { 543: 3 },
    ],
  ])('%s', (_, buckets, histogram) => {
    expect(latencyOf(new Map(buckets))).toEqual(histogram);
  });

  it.each<[RegExp, [number, number][]]>([
    [/no bucket le="\+Inf"/, []],
    [/no bucket le="\+Inf"/, [[100, 5]]],
    [/only the bucket le="\+Inf"/, [[INF, 5]]],
    [
      /contradict/,
      [
        [100, 5],
        [250, 4],
        [INF, 5],
      ],
    ],
    [
      /contradict/,
      [
        [100, 5],
        [INF, 4],
      ],
    ],
  ])('is refused: %s', (reason, buckets) => {
    expect(latencyOf(new Map(buckets))).toMatch(reason);
  });

  it('never reads a latency too low', () => {
    for (const bound of [1, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 1024, 2500, 5000, 7500, 10_000]) {
      const [bucket = -1] = Object.keys(
        latencyOf(
          new Map([
            [bound, 1],
            [INF, 1],
          ]),
        ),
      ).map(Number);
      expect(2 ** ((bucket + 1) / 32)).toBeGreaterThanOrEqual(bound);
      expect(2 ** ((bucket + 1) / 32)).toBeLessThan(bound * 1.023);
    }
  });

  it.each([
    ['0.07', 's', 70],
    ['2.5', 's', 2500],
    ['1e-3', 's', 1],
    ['100', 'ms', 100],
    ['+Inf', 's', INF],
    ['+Inf', 'ms', INF],
    ['', 's', null],
    ['fast', 'ms', null],
    ['NaN', 's', null],
  ] as const)('le=%j in %s is %s ms', (le, unit, milliseconds) => {
    expect(boundOf(le, unit)).toBe(milliseconds);
  });
});
