import { expect, test } from 'vitest';
import { Thinning } from './thinning.ts';

test('keeps each unit with the same chance, few or many at once', () => {
  const thinning = new Thinning(1);
  let kept = 0;
  for (let time = 0; time < 2_000; time += 1) kept += thinning.kept(10, 0.3);
  // 20,000 draws: four standard deviations are 260.
  expect(Math.abs(kept - 6_000)).toBeLessThan(260);
  expect(thinning.kept(1_000_000, 0.3)).toBe(300_000);
});

test('keeps all where nothing is to be thinned, and draws nothing then', () => {
  const thinning = new Thinning(7);
  expect([thinning.kept(9, 1), thinning.kept(0, 0.5), thinning.word]).toEqual([9, 0, 7]);
});

test('goes on from its word with the same draws', () => {
  const whole = new Thinning(3);
  whole.kept(50, 0.5);
  const other = new Thinning(whole.word);
  const next = (one: Thinning) => Array.from({ length: 20 }, () => one.kept(5, 0.4));
  expect(next(other)).toEqual(next(whole));
});
