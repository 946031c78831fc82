import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_DESIGN, REFERENCE_DESIGN } from '../sequential/kernel/design.ts';
import { powerOf } from './power.ts';
import type { PowerQuestion } from './question.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const common = {
  perSecond: fc.oneof(within(0, 1), within(0, 100_000)),
  shares: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), hold: fc.integer({ min: 0, max: 1e9 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  warmUp: fc.integer({ min: 0, max: 100_000 }),
  alpha: within(1e-6, 0.5),
  leastUnits: fc.integer({ min: 0, max: 100 }),
  every: fc.integer({ min: 100, max: 60_000 }),
  design: fc.constantFrom(REFERENCE_DESIGN, DEFAULT_DESIGN),
};

const rules = {
  metric: fc.constant('it'),
  times: within(1, 3),
  weight: fc.constant(1),
  dispersion: within(1, 100),
  skew: fc.constant(0),
  quantile: fc.constantFrom(0.5, 0.95, 0.99),
};

const ratios: fc.Arbitrary<PowerQuestion> = fc.record({
  ...common,
  rules: fc.record({
    ...rules,
    unit: fc.constant('ratio'),
    better: fc.constantFrom('lower', 'higher'),
    plus: within(0, 0.3),
    limit: fc.oneof(fc.constant(null), within(1e-6, 0.999)),
  }),
  usual: within(0, 1),
  sought: within(0, 1),
});

const latencies: fc.Arbitrary<PowerQuestion> = fc.record({
  ...common,
  rules: fc.record({
    ...rules,
    unit: fc.constant('milliseconds'),
    better: fc.constant('lower'),
    plus: within(0, 1_000),
    limit: fc.oneof(fc.constant(null), within(1, 200_000)),
  }),
  usual: fc.record({ median: within(0.01, 200_000), spread: within(0.01, 5) }),
  sought: within(1, 1_000),
});

const numbersOf = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
};

test('every number of an answer is one, whatever is asked', () => {
  const asked = fc.property(fc.oneof(ratios, latencies), (question) => {
    const shares = powerOf(question);
    expect(shares).toHaveLength(question.shares.length);
    expect(numbersOf(shares).every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    const chances = shares.flatMap((share) => (share.kind === 'alone' ? [] : Object.values(share.chance)));
    expect(Math.max(0, ...chances)).toBeLessThanOrEqual(1);
  });
  fc.assert(asked, { numRuns: 200 });
});
