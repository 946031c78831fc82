import type { Holds } from '../../http/holds.ts';
import { allHold } from '../../http/holds.ts';
import { matches } from '../../http/matches.ts';
import type { HeaderCondition, HeaderExpectation, JsonCondition, JsonExpectation } from './condition-schema.ts';
import type { Rendered, Scalar, Variables } from './template.ts';
import { renderJson, renderText } from './template.ts';

/** An expectation as a condition, its texts filled in. A plain value is what must be found. */
export function renderJsonCondition(expected: JsonExpectation, variables: Variables): Rendered<JsonCondition> {
  if (typeof expected !== 'object' || expected === null) {
    const rendered = renderJson(expected, variables);
    return 'missing' in rendered ? rendered : { value: { equals: rendered.value as Scalar } };
  }
  return renderOperands(expected, variables);
}

export function renderHeaderCondition(expected: HeaderExpectation, variables: Variables): Rendered<HeaderCondition> {
  if (typeof expected !== 'string') return renderOperands(expected, variables, String);
  const rendered = renderText(expected, variables);
  return 'missing' in rendered ? rendered : { value: { equals: rendered.value } };
}

/** A pattern is taken as it is written. */
function renderOperands<Condition extends { readonly matches?: string | undefined }>(
  condition: Condition,
  variables: Variables,
  asText: (value: unknown) => unknown = (value) => value,
): Rendered<Condition> {
  const { matches: pattern, ...rest } = condition;
  const rendered = renderJson(rest, variables);
  if ('missing' in rendered) return rendered;
  const operands = Object.entries(rendered.value ?? {}).map(([name, value]) => [
    name,
    name === 'exists' ? value : asText(value),
  ]);
  return { value: { ...Object.fromEntries(operands), ...(pattern === undefined ? {} : { matches: pattern }) } };
}

/**
 * Whether the values at a path are what was expected, every one of them. Where there is none, only `exists: false` holds. Types are never
 * turned into one another, and what is not finite equals nothing and is no other than anything.
 */
export function jsonHolds(values: readonly unknown[], condition: JsonCondition): Holds {
  const { exists, ...rest } = condition;
  if (exists === false) return values.length === 0 && Object.keys(rest).length === 0 ? 'pass' : 'fail';
  if (values.length === 0) return 'fail';
  return allHold(values.flatMap((value) => ['pass', ...valueHolds(value, rest)]));
}

function valueHolds(value: unknown, condition: Omit<JsonCondition, 'exists'>): readonly Holds[] {
  const { equals, not, above, below, length, matches: pattern } = condition;
  const each: Holds[] = [];
  if (equals !== undefined) each.push(verdict(isComparable(value) && value === equals));
  if (not !== undefined) each.push(verdict(isOther(value, not)));
  if (above !== undefined) each.push(verdict(isNumber(value) && value > above));
  if (below !== undefined) each.push(verdict(isNumber(value) && value < below));
  if (length !== undefined) each.push(verdict(lengthHolds(lengthOf(value), length)));
  if (pattern !== undefined) each.push(typeof value === 'string' ? matches(value, pattern) : 'fail');
  return each;
}

/** Of another type is not another value: whoever writes `not: 5` does not mean that a text passes. Anything is other than null. */
function isOther(value: unknown, not: Scalar): boolean {
  if (!isComparable(value)) return false;
  if (not === null) return value !== null;
  return value !== null && typeof value === typeof not && value !== not;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isComparable = (value: unknown): boolean => typeof value !== 'number' || Number.isFinite(value);

function lengthHolds(length: number | null, expected: NonNullable<JsonCondition['length']>): boolean {
  if (length === null) return false;
  if (typeof expected === 'number') return length === expected;
  const { above = -1, below = Infinity } = expected;
  return length > above && length < below;
}

function lengthOf(value: unknown): number | null {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
}

/** Whether a header, null where it is missing, is what was expected. */
export function headerHolds(value: string | null, condition: HeaderCondition): Holds {
  const { exists, equals, not, contains, matches: pattern } = condition;
  const isAlone = Object.keys(condition).length === 1;
  if (exists === false) return verdict(value === null && isAlone);
  if (value === null) return 'fail';
  const each: Holds[] = ['pass'];
  if (equals !== undefined) each.push(verdict(value === equals));
  if (not !== undefined) each.push(verdict(value !== not));
  if (contains !== undefined) each.push(verdict(value.includes(contains)));
  if (pattern !== undefined) each.push(matches(value, pattern));
  return allHold(each);
}

/** A condition in words: `above 5 and below 10`. */
export function conditionText(condition: JsonCondition | HeaderCondition): string {
  const parts = Object.entries(condition).map(([name, operand]) =>
    name === 'equals' ? JSON.stringify(operand) : `${name} ${JSON.stringify(operand)}`,
  );
  return parts.join(' and ');
}

const verdict = (holds: boolean): Holds => (holds ? 'pass' : 'fail');
