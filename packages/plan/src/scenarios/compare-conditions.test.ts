import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScenarioCondition, ScenarioRow } from '../model/scenario.ts';
import { conflictIn, hides, mayBothBeTrue } from './compare-conditions.ts';

const value = (own: object): ScenarioCondition => ({ kind: 'value', step: 'x', ...own });
const row = (...when: readonly ScenarioCondition[]): ScenarioRow => ({ when, scenario: 'a' });

const number = fc.integer({ min: 0, max: 6 });
const bound = fc.oneof(
  fc.record({ equals: number }),
  fc.record({ above: number }),
  fc.record({ below: number }),
  fc.record({ above: number, below: number }),
);
const rows = fc.array(bound.map(value), { maxLength: 3 }).map((when) => row(...when));

/** Whether a row is true of a number, by what its words mean. */
const holds = ({ when }: ScenarioRow, x: number): boolean =>
  when.every((each) => {
    if (each.kind !== 'value') return false;
    const { equals = x, above = -Infinity, below = Infinity } = each;
    return x === equals && x > above && x < below;
  });

/** Numbers on, between and beyond all bounds. */
const NUMBERS = Array.from({ length: 17 }, (_, index) => index / 2 - 1);

describe('rows over a number', () => {
  it('that hide each other do so for every number, and those that exclude each other meet in none', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const isHidden = hides(one, other);
        const areApart = !mayBothBeTrue(one, other);
        const isNever = conflictIn(one) !== null;
        const wrong = NUMBERS.filter((x) => {
          const [first, second] = [holds(one, x), holds(other, x)];
          return (isHidden && second && !first) || (areApart && first && second) || (isNever && first);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 2_000, seed: 5 },
    );
  });

  it.each([
    [value({ above: 1 }), value({ above: 2 }), true],
    [value({ above: 2 }), value({ above: 1 }), false],
    [value({ above: 1 }), value({ equals: 2 }), true],
    [value({ above: 2 }), value({ equals: 2 }), false],
    [value({ equals: 'a' }), value({ equals: 'a' }), true],
    [value({ above: 1 }), value({ equals: 'a' }), false],
    [value({ above: 1, of: 'y' }), value({ above: 2 }), false],
  ])('%o hides %o: %s', (earlier, later, hidden) => {
    expect(hides(row(earlier), row(later))).toBe(hidden);
  });

  it.each([
    [value({ above: 1, below: 3 }), value({ above: 3 }), false],
    [value({ above: 1, below: 4 }), value({ above: 3 }), true],
    [value({ equals: 'a' }), value({ equals: 'b' }), false],
    [value({ equals: 'a' }), value({ above: 1 }), false],
    [value({ equals: '2' }), value({ above: 1 }), true],
  ])('%o and %o may both be true: %s', (one, other, both) => {
    expect(mayBothBeTrue(row(one), row(other))).toBe(both);
  });
});
