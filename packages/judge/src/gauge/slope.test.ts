import { describe, expect, it } from 'vitest';
import { lineThrough, medianOf } from './slope.ts';

const readings = (...values: readonly number[]) => values.map((value, index) => ({ at: index * 2_000, value }));

describe('lineThrough', () => {
  it.each([
    ['a rise', readings(10, 14, 18, 22), { slope: 2, end: 22, swing: 0, seconds: 6 }],
    ['a fall', readings(9, 8, 7), { slope: -0.5, end: 7, swing: 0, seconds: 4 }],
    ['nothing at all', readings(0, 0, 0), { slope: 0, end: 0, swing: 0, seconds: 4 }],
    ['one reading that stands out', readings(10, 14, 900, 22, 26), { slope: 2, end: 26, swing: 0, seconds: 8 }],
    ['a swing about a level', readings(1, 3, 1, 3, 1), { slope: 0, end: 1, swing: 0, seconds: 8 }],
  ])('of %s', (_, given, line) => {
    expect(lineThrough(given)).toEqual(line);
  });

  it.each([
    ['of nothing', []],
    ['of one reading', readings(1)],
    [
      'of one moment',
      [
        { at: 5, value: 1 },
        { at: 5, value: 2 },
      ],
    ],
    ['of numbers too large', readings(-1.7e308, 1.7e308, 1.7e308)],
  ])('%s there is none', (_, given) => {
    expect(lineThrough(given)).toBeNull();
  });
});

describe('medianOf', () => {
  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 3], 3],
    [[4, 1, 2, 9], 3],
    [[1e308, 1.5e308], 1.25e308],
  ])('%j: %d', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});
