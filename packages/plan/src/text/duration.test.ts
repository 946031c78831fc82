import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_DURATION, formatDuration, parseDuration } from './duration.ts';

describe('parseDuration', () => {
  test.each([
    ['0s', 0],
    ['500ms', 500],
    ['10s', 10_000],
    ['5m', 300_000],
    ['5ms', 5],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['1d2h3m4s5ms', 93_784_005],
    ['90m', 5_400_000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each([
    '',
    '10',
    's',
    '1.5h',
    '-5m',
    '5 m',
    '30m1h',
    '1h1h',
    '5M',
    'PT5M',
    '1e3s',
    '99999999999s',
    '9999d',
    '٣s',
  ])('%j is no duration', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('formatDuration', () => {
  test.each([
    [0, '0s'],
    [-1, '0s'],
    [1, '1ms'],
    [90_000, '1m30s'],
    [172_800_000, '2d'],
    [604_800_000, '7d'],
    [5_400_000, '1h30m'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  test('is read back as the same duration', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LONGEST_DURATION }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });
});
