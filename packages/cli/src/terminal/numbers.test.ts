import { describe, expect, test } from 'vitest';
import { count, dateAndTime, launchClock, percent, reading, share, span, timeOfDay } from './numbers.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

describe('a number is written as its language writes it', () => {
  test.each<[string, string, string]>([
    ['a ratio', percent(0.0042, 'en'), '0.42 %'],
    ['a ratio in French', percent(0.0042, 'fr'), '0,42 %'],
    ['a ratio without a rest', percent(0.1, 'en'), '10 %'],
    ['a ratio that is rounded', percent(1 / 3, 'en'), '33.33 %'],
    ['nothing', percent(0, 'fr'), '0 %'],
    ['a share', share(25, 'en'), '25 %'],
    ['a share in French', share(12.5, 'fr'), '12,5 %'],
    ['a short time', reading(9.44, 'milliseconds', 'en'), '9.4 ms'],
    ['a short time in French', reading(9.44, 'milliseconds', 'fr'), '9,4 ms'],
    ['a long time', reading(29.4, 'milliseconds', 'en'), '29 ms'],
    ['a very long time', reading(12_345, 'milliseconds', 'en'), '12,345 ms'],
    ['a ratio that is read', reading(0.0042, 'ratio', 'en'), '0.42 %'],
    ['a gauge', reading(734_003_200, { gauge: 'bytes' }, 'en'), '734,000,000 bytes'],
    ['a gauge in French', reading(0.254_32, { gauge: '%' }, 'fr'), '0,2543 %'],
    ['a gauge without a unit', reading(-3, { gauge: '' }, 'en'), '-3'],
    ['a gauge that is huge', reading(1.5e300, { gauge: '' }, 'en'), '1.5E300'],
    ['a gauge that is tiny', reading(1e-9, { gauge: 's' }, 'en'), '1E-9 s'],
    ['a count', count(1_234_567, 'en'), '1,234,567'],
    ['a count in French', count(1_234_567, 'fr'), '1\u202F234\u202F567'],
  ])('%s', (_, written, expected) => {
    expect(written).toBe(expected);
  });
});

test.each([
  [0, '0:00'],
  [-5 * SECOND, '0:00'],
  [SECOND - 1, '0:00'],
  [7 * SECOND, '0:07'],
  [12 * MINUTE + 31 * SECOND, '12:31'],
  [HOUR - 1, '59:59'],
  [HOUR, '1:00:00'],
  [DAY - 1, '23:59:59'],
  [2 * DAY + HOUR + 2 * MINUTE + 3 * SECOND, '2d 01:02:03'],
])('%d ms take %s', (ms, expected) => {
  expect(span(ms)).toBe(expected);
});

test.each([
  [0, 'T+00:00:00'],
  [999, 'T+00:00:00'],
  [-999, 'T+00:00:00'],
  [-1_000, 'T-00:00:01'],
  [-30 * MINUTE, 'T-00:30:00'],
  [12 * MINUTE + 31 * SECOND, 'T+00:12:31'],
  [100 * HOUR, 'T+100:00:00'],
])('%d ms after T-0 it is %s', (ms, expected) => {
  const t0 = Date.UTC(2026, 10, 24);
  expect(launchClock(t0 + ms, t0)).toBe(expected);
});

describe('a moment is shown in the zone of the plan', () => {
  test.each([
    ['UTC', '2026-11-24 23:03:11'],
    ['Europe/Paris', '2026-11-25 00:03:11'],
    ['America/New_York', '2026-11-24 18:03:11'],
    ['Asia/Kathmandu', '2026-11-25 04:48:11'],
    ['Mars/Olympus', '2026-11-24 23:03:11 UTC'],
    ['', '2026-11-24 23:03:11 UTC'],
  ])('%s', (zone, expected) => {
    const at = Date.UTC(2026, 10, 24, 23, 3, 11);
    expect(dateAndTime(at, zone)).toBe(expected);
    expect(timeOfDay(at, zone)).toBe(expected.slice('2026-11-24 '.length));
  });
});
