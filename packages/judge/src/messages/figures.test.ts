import { describe, expect, it } from 'vitest';
import { figuresIn } from './figures.ts';

const { percent, latency, duration, amount, whole } = figuresIn('en-US', 'under');
const french = figuresIn('fr-FR', 'moins de');

describe('figures', () => {
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
    [Number.NaN, null],
  ])('a time of %d is %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it.each([
    [734_003_200, '', '734,000,000'],
    [0.254_32, 's', '0.2543 s'],
    [-3, '', '-3'],
    [1e20, '', '1E20'],
    [1e-9, '', '1E-9'],
  ])('an amount of %d %s is %s', (value, unit, text) => {
    expect(amount(value, unit)).toBe(text);
  });

  it('writes each language as its readers do', () => {
    expect(whole(1_234_567)).toBe('1,234,567');
    expect([french.percent(0.0213), french.latency(1240), french.percent(0.00001)]).toEqual([
      '2,1 %',
      '1,24 s',
      'moins de 0,01 %',
    ]);
  });
});
