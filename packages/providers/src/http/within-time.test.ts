import { expect, test } from 'vitest';
import { withinTime } from './within-time.ts';

/** Waits by the clock without the processor. */
function starve(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

test('gives what the code came to, and lets its errors through', () => {
  expect(withinTime(1_000, () => 2 * 3)).toEqual({ value: 6 });
  expect(() =>
    withinTime(1_000, () => {
      throw new RangeError('too deep');
    }),
  ).toThrow('too deep');
});

test('stops code that takes too long', () => {
  expect(withinTime(50, () => /^(a+)+$/u.test(`${'a'.repeat(40)}b`))).toBeNull();
});

test('gives more time to code that the machine had no time for', () => {
  let runs = 0;
  const run = (): string => {
    runs += 1;
    // The first time it is hardly given any, and then as much as it needs.
    if (runs === 1) {
      starve(80);
      for (;;);
    }
    return 'done';
  };
  expect(withinTime(100, run)).toEqual({ value: 'done' });
  expect(runs).toBe(2);
});
