import { describe, expect, it } from 'vitest';
import { cut, duration, plain } from './words.ts';

describe('words', () => {
  it.each([
    [100, '100 ms'],
    [31_400, '31 s'],
    [Number.NaN, 'an unknown time'],
  ])('a time of %d is %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it.each([
    [734_003_200, '734,000,000'],
    [0.254_32, '0.2543'],
    [-3, '-3'],
    [0, '0'],
    [1e20, '1.0e+20'],
    [1e-9, '1.0e-9'],
  ])('a number of its own kind, %d, is %s', (value, text) => {
    expect(plain(value)).toBe(text);
  });

  it('cuts what others say to one line of bounded length', () => {
    expect(cut(' two\n  lines ')).toBe('two lines');
    expect(cut('x'.repeat(201))).toHaveLength(200);
    expect(cut('x'.repeat(200))).toBe('x'.repeat(200));
  });
});
