import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { T_OFFSET, formatTOffset, parseTOffset } from './t-offset.ts';

describe('parseTOffset', () => {
  test.each([
    ['T-0', 0],
    ['T+0', 0],
    ['T-0s', 0],
    ['T-30m', -1_800_000],
    ['T+1h', 3_600_000],
    ['T-2d12h', -216_000_000],
  ])('%s is %d ms from T-0', (text, milliseconds) => {
    expect(parseTOffset(text)).toBe(milliseconds);
    expect(T_OFFSET.test(text)).toBe(true);
  });

  test.each(['T', 'T0', '30m', 't-30m', 'T-30', 'T- 30m', 'T--30m', 'T-9999d', 'T-0x'])('%j is none', (text) => {
    expect(parseTOffset(text)).toBeNull();
  });

  test('reads back what formatTOffset writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), (milliseconds) => {
        expect(parseTOffset(formatTOffset(milliseconds))).toBe(milliseconds);
      }),
    );
  });
});
