import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_DESIGN, REFERENCE_DESIGN } from '../sequential/kernel/design.ts';
import { powerOf } from './power.ts';
import type { PowerQuestion } from './question.ts';

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const questions: fc.Arbitrary<PowerQuestion> = fc.record({
  perSecond: fc.oneof(within(0, 1), within(0, 100_000)),
  shares: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), hold: fc.integer({ min: 0, max: 1e9 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  warmUp: fc.integer({ min: 0, max: 100_000 }),
  usual: within(0, 1),
  sought: within(0, 1),
  margin: fc.record({ ratio: within(1, 3), points: within(0, 0.3) }),
  alpha: within(1e-6, 0.5),
  dispersion: within(1, 100),
  leastBad: fc.integer({ min: 0, max: 10 }),
  every: fc.integer({ min: 100, max: 60_000 }),
  design: fc.constantFrom(REFERENCE_DESIGN, DEFAULT_DESIGN),
});

const numbersOf = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
};

test('every number of an answer is one, whatever is asked', () => {
  const asked = fc.property(questions, (question) => {
    const shares = powerOf(question);
    expect(shares).toHaveLength(question.shares.length);
    expect(numbersOf(shares).every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    const chances = shares.flatMap((share) => (share.kind === 'compared' ? Object.values(share.chance) : []));
    expect(Math.max(0, ...chances)).toBeLessThanOrEqual(1);
  });
  fc.assert(asked, { numRuns: 200 });
});
