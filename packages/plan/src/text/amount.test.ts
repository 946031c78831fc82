import { expect, test } from 'vitest';
import { formatAmount, parseAmount, SHARE } from './amount.ts';

test.each([
  [0, { unit: 'instances', value: 0 }],
  [3, { unit: 'instances', value: 3 }],
  ['0%', { unit: 'percent', value: 0 }],
  ['25%', { unit: 'percent', value: 25 }],
  ['100%', { unit: 'percent', value: 100 }],
] as const)('%s is read and written', (written, amount) => {
  expect(parseAmount(written)).toEqual(amount);
  expect(formatAmount(amount)).toBe(String(written));
});

test.each(['101%', '025%', '2.5%', '-1%', '%', '25', ' 25%', '25 %'])('%j is no share', (written) => {
  expect(SHARE.test(written)).toBe(false);
});
