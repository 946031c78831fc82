import { describe, expect, test } from 'vitest';
import { sinceTime } from './since-time.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const DAY = 86_400_000;

describe('how far back', () => {
  test.each([
    ['90d', NOW - 90 * DAY],
    ['12w', NOW - 84 * DAY],
    ['2026-09-01', Date.UTC(2026, 8, 1)],
    ['2026-02-30', null],
    ['2027-01-01', null],
    ['0d', null],
    ['-3d', null],
    ['90', null],
    ['90dd', null],
  ])('%s', (text, expected) => {
    expect(sinceTime(text, NOW)).toBe(expected);
  });
});
