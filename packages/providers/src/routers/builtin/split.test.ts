import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weighted } from './split.ts';
import { chooseByKey, chooseByNumber } from './split.ts';

const of = (weights: Readonly<Record<string, number>>): Weighted[] =>
  Object.entries(weights).map(([version, weight]) => ({ version, weight }));

const keys = Array.from({ length: 10_000 }, (_, index) => `client-${index}`);

/** Pearson's chi-square of the keys' versions against the weights. */
function chiSquareOf(weights: Readonly<Record<string, number>>): number {
  const met = keys.map((key) => chooseByKey(of(weights), key));
  return Object.entries(weights).reduce((sum, [version, weight]) => {
    const expected = (keys.length * weight) / 100;
    return sum + (met.filter((one) => one === version).length - expected) ** 2 / expected;
  }, 0);
}

/** Laurent and Massart (2000), Lemma 1: exceeded by chance with a probability below 1e-9. */
function bound(versions: number): number {
  const t = -Math.log(1e-9);
  const degrees = versions - 1;
  return degrees + 2 * Math.sqrt(degrees * t) + 2 * t;
}

describe('chooseByNumber', () => {
  it.each([
    [{ a: 100 }, 0, 'a'],
    [{ a: 100 }, 0.999_999, 'a'],
    [{ a: 75, b: 25 }, 0, 'a'],
    [{ a: 75, b: 25 }, 0.749_999, 'a'],
    [{ a: 75, b: 25 }, 0.75, 'b'],
    [{ a: 75, b: 25 }, 0.999_999, 'b'],
    [{ a: 0, b: 100 }, 0, 'b'],
    [{ a: 100, b: 0 }, 1 - Number.EPSILON / 2, 'a'],
    [{ a: 100 / 3, b: 100 / 3, c: 100 / 3 }, 1 - Number.EPSILON / 2, 'c'],
    [{ a: 1, b: 1, c: 2 }, 0.49, 'b'],
    [{ a: 0, b: 0 }, 0.5, null],
    [{}, 0.5, null],
  ])('%o at %d is %s', (weights, uniform, version) => {
    expect(chooseByNumber(of(weights), uniform)).toBe(version);
  });

  it('gives each version its exact share of evenly spaced numbers', () => {
    const met = Array.from({ length: 1_000 }, (_, index) => chooseByNumber(of({ a: 95, b: 5 }), (index + 0.5) / 1_000));
    expect(met.filter((version) => version === 'b')).toHaveLength(50);
  });
});

describe('chooseByKey', () => {
  it.each([
    { a: 50, b: 50 },
    { a: 95, b: 5 },
    { a: 99, b: 1 },
    { a: 90, b: 7, c: 3 },
  ])('splits clients by %o within the error of sampling', (weights) => {
    expect(chiSquareOf(weights)).toBeLessThan(bound(Object.keys(weights).length));
  });

  it('would notice a split that is off', () => {
    const wrong = keys.filter((key) => chooseByKey(of({ a: 93, b: 7 }), key) === 'b').length;
    const statistic = (wrong - 500) ** 2 / 500 + (10_000 - wrong - 9_500) ** 2 / 9_500;
    expect(statistic).toBeGreaterThan(bound(2));
  });

  it.each([
    [{ a: 0, b: 100 }, 'b'],
    [{ a: 100 }, 'a'],
    [{ a: 0 }, null],
    [{}, null],
  ] as const)('%o is %s for every client', (weights, version) => {
    expect(new Set(keys.slice(0, 500).map((key) => chooseByKey(of(weights), key)))).toEqual(new Set([version]));
  });

  it('moves clients only towards what was raised and away from what was lowered', () => {
    const weight = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.string(), weight, weight, (key, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const before = chooseByKey(of({ old: 100 - low, new: low }), key);
        const after = chooseByKey(of({ old: 100 - high, new: high }), key);
        expect([before, after]).not.toEqual(['new', 'old']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('moves nobody between versions whose weights stay, when a third one is raised', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (key, low, rise) => {
        const before = chooseByKey(of({ a: 30, b: 70, new: low }), key);
        const after = chooseByKey(of({ a: 30, b: 70, new: low + rise }), key);
        expect(after === before || after === 'new').toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not depend on the order of the versions', () => {
    const weights = of({ a: 20, b: 30, c: 50 });
    for (const key of keys.slice(0, 500))
      expect(chooseByKey(weights.toReversed(), key)).toBe(chooseByKey(weights, key));
  });

  it('tries another new version on other clients', () => {
    const first = keys.filter((key) => chooseByKey(of({ v1: 90, v2: 10 }), key) === 'v2');
    const second = new Set(keys.filter((key) => chooseByKey(of({ v2: 90, v3: 10 }), key) === 'v3'));
    const both = first.filter((key) => second.has(key)).length;
    expect(both).toBeLessThan(first.length / 4);
  });

  it('is the same in every process', () => {
    const met = ['ada', 'grace', 'edsger', 'barbara', ''].map((key) => chooseByKey(of({ v1: 50, v2: 50 }), key));
    expect(met).toEqual(['v2', 'v2', 'v2', 'v1', 'v2']);
  });
});
