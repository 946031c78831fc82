import { expect, it } from 'vitest';
import { RatioEstimate } from './ratio-estimate.ts';

function estimateOf(...seconds: readonly (readonly [number, number, number, number])[]): number | null {
  const estimate = new RatioEstimate();
  for (const [newUnits, newBad, oldUnits, oldBad] of seconds) estimate.add({ newUnits, newBad, oldUnits, oldBad });
  return estimate.value;
}

it.each([
  ['of one second the ratio of its shares', [[100, 6, 900, 18]], expect.closeTo(3, 12)],
  ['of a quiet version nothing', [[100, 0, 900, 18]], 0],
  ['of an old version that did nothing wrong unknown', [[100, 6, 900, 0]], null],
  ['before anything unknown', [], null],
] as const)('is %s', (_, seconds, expected) => {
  expect(estimateOf(...seconds)).toEqual(expected);
});

it('is twice where each second shows twice, though the bad hour came with another split', () => {
  const [small, large] = [[50, 1, 950, 9.5] as const, [500, 100, 500, 50] as const];
  expect(estimateOf(small, large)).toBeCloseTo(2, 12);
  // All seconds added up say otherwise.
  expect((1 + 100) / 550 / ((9.5 + 50) / 1_450)).toBeGreaterThan(4);
});
