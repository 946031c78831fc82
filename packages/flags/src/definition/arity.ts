/** How many arguments an operator takes. `single`: one of them may stand without a list. */
export interface Arity {
  readonly least: number;
  readonly most: number;
  readonly single?: true;
}

const ONE: Arity = { least: 1, most: 1, single: true };
const TWO: Arity = { least: 2, most: 2 };
const TWO_OR_THREE: Arity = { least: 2, most: 3 };
const ANY: Arity = { least: 1, most: Infinity };

/** As flagd's targeting schema has them. */
export const ARITY: Readonly<Record<string, Arity | undefined>> = {
  var: { least: 1, most: 2, single: true },
  missing: { least: 0, most: Infinity },
  missing_some: TWO,
  if: ANY,
  '?:': ANY,
  '==': TWO,
  '===': TWO,
  '!=': TWO,
  '!==': TWO,
  '>': TWO,
  '>=': TWO,
  '<': TWO_OR_THREE,
  '<=': TWO_OR_THREE,
  '%': TWO,
  '/': TWO,
  '*': { least: 2, most: Infinity },
  '+': ANY,
  '-': ANY,
  max: ANY,
  min: ANY,
  merge: ANY,
  cat: ANY,
  or: ANY,
  and: ANY,
  '!': ONE,
  '!!': ONE,
  in: TWO,
  substr: TWO_OR_THREE,
  map: TWO,
  filter: TWO,
  all: TWO,
  none: TWO,
  some: TWO,
  reduce: { least: 3, most: 3 },
  starts_with: TWO,
  ends_with: TWO,
  sem_ver: { least: 3, most: 3 },
  fractional: ANY,
};
