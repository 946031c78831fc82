import type { Holds } from '../../http/holds.ts';
import { allHold } from '../../http/holds.ts';
import { matches } from '../../http/matches.ts';
import type { Comparison, Scalar } from './schema.ts';

/**
 * Whether a value of a JSON body is what was expected. A value that cannot be compared (a text with `above`, an infinite
 * number) is unknown, which never passes.
 */
export function compare(value: unknown, expected: Scalar | Comparison): Holds {
  if (!isComparison(expected)) return equal(value, expected);
  const each: Holds[] = [];
  if (expected.above !== undefined) each.push(ordered(value, expected.above, (a, b) => a > b));
  if (expected.below !== undefined) each.push(ordered(value, expected.below, (a, b) => a < b));
  if (expected.equals !== undefined) each.push(equal(value, expected.equals));
  if (expected.matches !== undefined)
    each.push(typeof value === 'string' ? matches(value, expected.matches) : 'unknown');
  return allHold(each);
}

/** The expectation in words: `above 5 and below 10`. */
export function expectationText(expected: Scalar | Comparison): string {
  if (!isComparison(expected)) return JSON.stringify(expected);
  const parts = Object.entries(expected).map(([name, operand]) => `${name} ${JSON.stringify(operand)}`);
  return parts.join(' and ');
}

const isComparison = (expected: Scalar | Comparison): expected is Comparison =>
  typeof expected === 'object' && expected !== null;

function equal(value: unknown, expected: Scalar): Holds {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'unknown';
  return value === expected ? 'pass' : 'fail';
}

function ordered(value: unknown, limit: number, holds: (value: number, limit: number) => boolean): Holds {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'unknown';
  return holds(value, limit) ? 'pass' : 'fail';
}
