import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 24, 10, 0, 0);

it.each([
  ['30', 30_000],
  [' 5 ', 5000],
  ['0', 0],
  ['999999999', 86_400_000],
  ['Tue, 24 Nov 2026 10:00:10 GMT', 10_000],
  ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
  ['Fri, 24 Nov 2028 10:00:00 GMT', 86_400_000],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['2026', 2_026_000],
  ['', null],
])('Retry-After: %s is %s ms', (value, expected) => {
  expect(retryAfterMs({ 'retry-after': value }, NOW)).toBe(expected);
});

it('is null without the header', () => {
  expect(retryAfterMs({}, NOW)).toBeNull();
});
