import { quantileOf } from '@slipway/judge';
import { describe, expect, test } from 'vitest';
import { soughtFewer, soughtShare, soughtSlower, usualShare, usualTimes } from './usual.ts';

test.each([
  [{ better: 'lower' }, 0.003, true],
  [{ better: 'higher' }, 0.03, true],
  [{ better: 'lower', usual: 0 }, 0, false],
] as const)('of %j', (metric, usual, isAssumed) => {
  expect(usualShare(metric)).toEqual({ usual, isAssumed });
});

describe('how long answers take', () => {
  const relative = { plus: 0, limit: null };

  test('is not known where nobody said and a time has to be held against it', () => {
    expect(usualTimes({ plus: 20, limit: null }, 0.99)).toBe(null);
    expect(usualTimes({ plus: 0, limit: 800 }, 0.99)).toBe(null);
  });

  test('has an assumed shape where nobody said more', () => {
    expect(usualTimes(relative, 0.99)).toMatchObject({
      usual: null,
      median: null,
      tail: expect.closeTo(5, 6) as number,
    });
    const known = usualTimes({ ...relative, plus: 20, usual: 300 }, 0.95);
    expect(known?.tail).toBeCloseTo(5, 6);
    expect(known && quantileOf(known.shape, 0.95)).toBeCloseTo(300, 6);
  });

  test('goes through what is said', () => {
    const known = usualTimes({ ...relative, usual: 300, usualMedian: 60 }, 0.9);
    expect(known?.shape.median).toBe(60);
    expect(known && quantileOf(known.shape, 0.9)).toBeCloseTo(300, 6);
  });
});

describe('what is sought', () => {
  test.each([
    [0.003, 0.0043, 0.01],
    [0.003, 0.02, 0.04],
    [0, 0.001, 0.002],
    [0.4, 0.441, 0.7205],
    [0.9, 1, 1],
  ])('where %d is usual and %d allowed: %d', (usual, allowed, sought) => {
    expect(soughtShare(usual, allowed)).toBeCloseTo(sought, 12);
  });

  test('is always beyond the margin', () => {
    expect(soughtFewer(0.04, 0.036)).toBeCloseTo(0.03, 12);
    expect(soughtFewer(0.04, 0.02)).toBeCloseTo(0.01, 12);
    expect([soughtSlower(1.2), soughtSlower(3)]).toEqual([2, 6]);
  });
});
