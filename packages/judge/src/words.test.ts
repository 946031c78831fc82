import { describe, expect, it } from 'vitest';
import { counted, cut, duration, latency, percent, plain, requests } from './words.ts';

describe('words', () => {
  it.each([
    [0, '0 %'],
    [0.00001, 'under 0.01 %'],
    [0.0001, '0.01 %'],
    [0.002, '0.2 %'],
    [0.0213, '2.1 %'],
    [0.0999, '10 %'],
    [0.3129, '31 %'],
    [0.9999, '99 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it.each([
    [1.6666, '1.67 ms'],
    [412.4, '412 ms'],
    [1240, '1.24 s'],
    [131_072, '131 s'],
  ])('a latency of %d is %s', (milliseconds, text) => {
    expect(latency(milliseconds)).toBe(text);
  });

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

  it('counts in groups of thousands', () => {
    expect(counted(1_234_567)).toBe('1,234,567');
    expect([requests(1), requests(2)]).toEqual(['1 request', '2 requests']);
  });

  it('cuts what others say to one line of bounded length', () => {
    expect(cut(' two\n  lines ')).toBe('two lines');
    expect(cut('x'.repeat(201))).toHaveLength(200);
    expect(cut('x'.repeat(200))).toBe('x'.repeat(200));
  });
});
