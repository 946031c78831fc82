import { expect, test } from 'vitest';
import { FREQUENCY, parseFrequency } from './frequency.ts';

test.each([
  ['50/s', 50],
  ['3000/min', 50],
  ['1800/h', 0.5],
  ['0.5/s', 0.5],
  ['0.001/s', 0.001],
  ['999999999.999/s', 999_999_999.999],
])('%s is %d a second', (written, perSecond) => {
  expect(FREQUENCY.test(written)).toBe(true);
  expect(parseFrequency(written)).toBe(perSecond);
});

test.each([
  '50',
  '50/d',
  '50/m',
  '50 / s',
  '0/s',
  '0.0/min',
  '-5/s',
  '1e3/s',
  '.5/s',
  '1./s',
  '/s',
  '50/s ',
  '٣/s',
  '1,000/s',
  '1234567890/s',
])('%j is no frequency', (written) => {
  expect(FREQUENCY.test(written)).toBe(false);
});
