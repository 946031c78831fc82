import type { Bucketing } from '../evaluate/flag-evaluator.ts';
import { arithmetic } from './arithmetic.ts';
import { comparisons } from './compare.ts';
import { and, conditional, not, notNot, or } from './control.ts';
import { fractional } from './fractional.ts';
import { all, filter, map, merge, none, reduce, some, within } from './lists.ts';
import type { Operator } from './scope.ts';
import { semVer, VERSION_TESTS } from './sem-ver.ts';
import { cat, endsWith, startsWith, substr } from './text.ts';
import { missing, missingSome, variable } from './variables.ts';

interface OperatorEntry {
  readonly make: (bucketing: Bucketing) => Operator;
  /** What it gives, in a line. */
  readonly what: string;
  /** A rule, as JSON. */
  readonly example: string;
}

/** Every operator there is, by its name in a rule. The reference page is made from this table. */
export const OPERATORS: Readonly<Record<string, OperatorEntry>> = {
  var: {
    make: () => variable,
    what: 'What the context holds under a path; the second argument, or null, where it holds nothing.',
    example: '{"var": ["user.country", "FR"]}',
  },
  missing: {
    make: () => missing,
    what: 'Those of the paths under which the context holds nothing.',
    example: '{"missing": ["email", "plan"]}',
  },
  missing_some: {
    make: () => missingSome,
    what: 'As missing; an empty list where at least so many of the paths hold something.',
    example: '{"missing_some": [1, ["email", "phone"]]}',
  },
  if: {
    make: () => conditional,
    what: 'Condition, value, and so on in pairs, and the value otherwise; null where nothing is said for otherwise.',
    example: '{"if": [{"==": [{"var": "plan"}, "pro"]}, "on", "off"]}',
  },
  '?:': { make: () => conditional, what: 'The same as if.', example: '{"?:": [{"var": "beta"}, "on", "off"]}' },
  and: {
    make: () => and,
    what: 'The first value that is not true, or the last one.',
    example: '{"and": [{"var": "beta"}, {">": [{"var": "age"}, 17]}]}',
  },
  or: {
    make: () => or,
    what: 'The first value that is true, or the last one.',
    example: '{"or": [{"var": "beta"}, {"var": "staff"}]}',
  },
  '!': { make: () => not, what: 'Whether a value is not true.', example: '{"!": [{"var": "staff"}]}' },
  '!!': { make: () => notNot, what: 'Whether a value is true.', example: '{"!!": [{"var": "email"}]}' },
  '==': {
    make: () => comparisons['=='],
    what: 'Equal; the number 1 and the text "1" are.',
    example: '{"==": [{"var": "country"}, "FR"]}',
  },
  '!=': { make: () => comparisons['!='], what: 'Not equal.', example: '{"!=": [{"var": "country"}, "FR"]}' },
  '===': {
    make: () => comparisons['==='],
    what: 'Equal and of the same type.',
    example: '{"===": [{"var": "seats"}, 1]}',
  },
  '!==': {
    make: () => comparisons['!=='],
    what: 'Not equal, or of another type.',
    example: '{"!==": [{"var": "seats"}, 1]}',
  },
  '<': {
    make: () => comparisons['<'],
    what: 'Less than; with three arguments, each less than the next.',
    example: '{"<": [0, {"var": "age"}, 18]}',
  },
  '<=': {
    make: () => comparisons['<='],
    what: 'At most; with three arguments, each at most the next.',
    example: '{"<=": [1, {"var": "seats"}, 10]}',
  },
  '>': { make: () => comparisons['>'], what: 'More than.', example: '{">": [{"var": "seats"}, 10]}' },
  '>=': {
    make: () => comparisons['>='],
    what: 'At least.',
    example: '{">=": [{"var": "$flagd.timestamp"}, 1798761600]}',
  },
  in: {
    make: () => within,
    what: 'Whether a list holds a value, or a text another text.',
    example: '{"in": [{"var": "targetingKey"}, ["u1", "u2"]]}',
  },
  starts_with: {
    make: () => startsWith,
    what: 'Whether a text begins with another; null where one of them is no text.',
    example: '{"starts_with": [{"var": "locale"}, "fr-"]}',
  },
  ends_with: {
    make: () => endsWith,
    what: 'Whether a text ends with another; null where one of them is no text.',
    example: '{"ends_with": [{"var": "email"}, "@shop.example"]}',
  },
  sem_ver: {
    make: () => semVer,
    what: `Compares two versions by one of ${[...VERSION_TESTS.keys()].join(' ')}, where ^ asks for the same major version and ~ for the same minor one as well; null where one is no version.`,
    example: '{"sem_ver": [{"var": "version"}, ">=", "2.4.0"]}',
  },
  fractional: {
    make: fractional,
    what: "A variant by weights, from the hash of the text in front, or where there is none, of the flag's key and the targeting key; null where there is neither.",
    example: '{"fractional": [{"var": "account"}, ["on", 25], ["off", 75]]}',
  },
  cat: { make: () => cat, what: 'Texts joined.', example: '{"cat": [{"var": "$flagd.flagKey"}, {"var": "account"}]}' },
  substr: {
    make: () => substr,
    what: 'Part of a text: where it begins, from 0 or from the end if below 0, and how many characters; a count below 0 leaves as many off the end.',
    example: '{"substr": [{"var": "locale"}, 0, 2]}',
  },
  map: {
    make: () => map,
    what: 'A list with a rule applied to each item, which is {"var": ""} there.',
    example: '{"map": [{"var": "carts"}, {"var": "total"}]}',
  },
  filter: {
    make: () => filter,
    what: 'The items for which a rule is true.',
    example: '{"filter": [{"var": "carts"}, {">": [{"var": "total"}, 100]}]}',
  },
  all: {
    make: () => all,
    what: 'Whether a rule is true for every item; false for an empty list.',
    example: '{"all": [{"var": "seats"}, {">": [{"var": ""}, 0]}]}',
  },
  some: {
    make: () => some,
    what: 'Whether a rule is true for an item.',
    example: '{"some": [{"var": "roles"}, {"==": [{"var": ""}, "admin"]}]}',
  },
  none: {
    make: () => none,
    what: 'Whether a rule is true for no item.',
    example: '{"none": [{"var": "roles"}, {"==": [{"var": ""}, "guest"]}]}',
  },
  reduce: {
    make: () => reduce,
    what: 'One value from a list: a rule over accumulator and current, and what to begin with.',
    example: '{"reduce": [{"var": "totals"}, {"+": [{"var": "accumulator"}, {"var": "current"}]}, 0]}',
  },
  merge: {
    make: () => merge,
    what: 'Lists and single values as one list.',
    example: '{"merge": [{"var": "roles"}, ["everybody"]]}',
  },
  '+': { make: () => arithmetic['+'], what: 'Sum.', example: '{"+": [{"var": "seats"}, 1]}' },
  '-': {
    make: () => arithmetic['-'],
    what: 'Difference; with one argument, the number with its sign turned.',
    example: '{"-": [{"var": "seats"}, 1]}',
  },
  '*': { make: () => arithmetic['*'], what: 'Product.', example: '{"*": [{"var": "seats"}, 12]}' },
  '/': { make: () => arithmetic['/'], what: 'Quotient.', example: '{"/": [{"var": "total"}, 2]}' },
  '%': { make: () => arithmetic['%'], what: 'Remainder.', example: '{"%": [{"var": "number"}, 10]}' },
  max: { make: () => arithmetic.max, what: 'The largest number.', example: '{"max": [{"var": "seats"}, 1]}' },
  min: { make: () => arithmetic.min, what: 'The smallest number.', example: '{"min": [{"var": "seats"}, 50]}' },
};

export const OPERATOR_NAMES: readonly string[] = Object.keys(OPERATORS);

export function operatorsOf(bucketing: Bucketing): ReadonlyMap<string, Operator> {
  return new Map(Object.entries(OPERATORS).map(([name, { make }]) => [name, make(bucketing)]));
}
