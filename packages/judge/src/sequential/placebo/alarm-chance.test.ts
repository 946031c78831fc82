import { expect, test } from 'vitest';
import { alarmChance } from './alarm-chance.ts';

test.each([
  ['an alarm', 3, 2, { keep: 1, extra: 0 }, 1],
  ['none', 2, 2, { keep: 1, extra: 0 }, 0],
  ['one of two kept', 2, 0, { keep: 0.5, extra: 0 }, 0.75],
  ['both of two kept', 2, 1, { keep: 0.5, extra: 0 }, 0.25],
  ['what is allowed on top', 0, 0, { keep: 1, extra: 0.5 }, 1 - Math.exp(-0.5)],
  ['kept or on top', 1, 0, { keep: 0.5, extra: 0.5 }, 1 - 0.5 * Math.exp(-0.5)],
  ['two on top', 0, 1, { keep: 1, extra: 0.5 }, 1 - 1.5 * Math.exp(-0.5)],
] as const)('%s', (_, bad, atMost, likened, chance) => {
  expect(alarmChance(atMost, likened)(bad)).toBeCloseTo(chance, 12);
});

test('stays exact for counts whose first terms are below what doubles can tell', () => {
  // Half of 5,000 on average, 35 more or less: 4,000 is never reached, 1,000 always.
  expect(alarmChance(4_000, { keep: 0.5, extra: 1 })(5_000)).toBeCloseTo(0, 9);
  expect(alarmChance(1_000, { keep: 0.5, extra: 1 })(5_000)).toBeCloseTo(1, 9);
  expect(alarmChance(2_499, { keep: 0.5, extra: 0 })(5_000)).toBeCloseTo(0.5 + 0.5 * 0.011_283, 4);
});
