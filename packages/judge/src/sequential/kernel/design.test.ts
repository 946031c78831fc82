import { describe, expect, it } from 'vitest';
import { DEFAULT_DESIGN, REFERENCE_DESIGN } from './design.ts';

describe.each([
  ['default', DEFAULT_DESIGN],
  ['reference', REFERENCE_DESIGN],
])('the %s design', (_, { up, down, early, startScale }) => {
  it.each([
    ['harm', up],
    ['being harmless', down],
  ])('shares out no more than all of its prior on factors of %s', (_name, grid) => {
    expect(grid.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(grid.every(({ share }) => share > 0)).toBe(true);
  });

  it('bets on harm above 1 and on being harmless below', () => {
    expect(up.every(({ factor }) => factor > 1)).toBe(true);
    expect(down.every(({ factor }) => factor > 0 && factor < 1)).toBe(true);
  });

  it('keeps some of its prior for harm that begins later', () => {
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(1);
    expect(startScale).toBeGreaterThan(0);
  });
});
