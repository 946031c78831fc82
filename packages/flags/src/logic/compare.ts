import type { Json } from '../json.ts';
import { numeric, operand } from './coerce.ts';
import { RuleFailure, failing } from './expression.ts';
import type { Compute, Expression } from './expression.ts';
import type { Compiler, Operator } from './scope.ts';

type Comparison = (left: unknown, right: unknown) => boolean;

/** JSONLogic's `==` is JavaScript's. */
// oxlint-disable-next-line eqeqeq
const looselyEqual: Comparison = (left, right) => left == right;

export const comparisons = {
  '==': operator(looselyEqual, false),
  '!=': operator((left, right) => !looselyEqual(left, right), false),
  '===': operator((left, right) => left === right, true),
  '!==': operator((left, right) => left !== right, true),
  '<': operator((left, right) => (left as number) < (right as number), false),
  '<=': operator((left, right) => (left as number) <= (right as number), false),
  '>': operator((left, right) => (left as number) > (right as number), false),
  '>=': operator((left, right) => (left as number) >= (right as number), false),
} as const satisfies Readonly<Record<string, Operator>>;

function operator(test: Comparison, strict: boolean): Operator {
  return (args, compiler) => {
    if (!Array.isArray(args) || args.length < 2) return failing('A comparison needs two arguments.');
    const sides = args as readonly Json[];
    if (compiler.scope.way === 'interpreted') return interpreted(sides, compiler, strict ? test : coerced(test));
    if (sides.length === 2) return compared(sides, compiler, { test, strict });
    return chain(sides, compiler, { test, strict });
  };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null;
}

/** Texts as texts, all others as numbers. */
function coerced(test: Comparison): Comparison {
  return (left, right) => {
    if (isText(left) && isText(right)) return test(left, right);
    const a = numeric(left);
    const b = numeric(right);
    if (Number.isNaN(a) || (Number.isNaN(b) && left !== null)) throw new RuleFailure(NO_MATCH);
    return test(a, b);
  };
}

const NO_MATCH = 'The rule compares a number with a text that is none.';

function interpreted(sides: readonly Json[], compiler: Compiler, test: Comparison): Expression {
  const [first, ...others] = sides.map((side) => compiler.compile(side));
  return {
    compute: (data, run) => {
      let left = first?.compute(data, run);
      return others.every((other) => {
        const right = other.compute(data, run);
        const fits = test(left, right);
        left = right;
        return fits;
      });
    },
  };
}

interface Kind {
  readonly test: Comparison;
  readonly strict: boolean;
}

/**
 * What stands on the right of a comparison. `noted`: the left side, or what the right side overwrote it with (see Scope.noting).
 * So `{"==": [{"var": "n"}, "a"]}` fails where n is a number, and `{"==": ["a", {"var": "n"}]}` does not.
 */
function rightSide(right: unknown, noted: unknown): unknown {
  if (isText(right) && isText(noted)) return right;
  const value = Number(operand(right));
  if ((Number.isNaN(value) && noted !== null) || Number.isNaN(numeric(noted))) throw new RuleFailure(NO_MATCH);
  if (noted === null && !right) return null;
  if (right === null && !noted) return 0;
  return right;
}

function compared(sides: readonly Json[], compiler: Compiler, { test, strict }: Kind): Expression {
  if (compiler.scope.noting) return chain(sides, compiler, { test, strict });
  const left = compiler.compile(sides[0]);
  const right = compiler.compile(sides[1]);
  if (strict) return { compute: (data, run) => test(left.compute(data, run), right.compute(data, run)) };
  if (right.constant !== undefined) return { compute: againstConstant(left, right.constant.value, test) };
  if (right.plain) {
    return {
      compute: (data, run) => {
        const a = left.compute(data, run);
        const b = right.compute(data, run);
        return test(a, rightSide(b, b));
      },
    };
  }
  return chain(sides, compiler, { test, strict });
}

function againstConstant(left: Expression, value: unknown, test: Comparison): Compute {
  const { compute } = left;
  if (typeof value === 'string' && test === looselyEqual) {
    return (data, run) => {
      const a = compute(data, run);
      return typeof a === 'string' ? a === value : looselyEqual(a, rightSide(value, a));
    };
  }
  return (data, run) => {
    const a = compute(data, run);
    return test(a, rightSide(value, a));
  };
}

/** Two or more sides, each compared with the one before it. */
function chain(sides: readonly Json[], compiler: Compiler, { test, strict }: Kind): Expression {
  const [first, ...others] = sides.map((side) => compiler.compile(side, { noting: true }));
  return {
    compute: (data, run) => {
      let left = first?.compute(data, run);
      run.noted = left;
      return others.every((other, index) => {
        const value = other.compute(data, run);
        const right = strict ? value : rightSide(value, run.noted);
        const fits = test(left, right);
        if (others.length > 1 || index > 0) run.noted = right;
        left = right;
        return fits;
      });
    },
  };
}
