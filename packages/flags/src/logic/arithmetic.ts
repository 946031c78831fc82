import type { Json } from '../json.ts';
import { asList, number, numeric, operand } from './coerce.ts';
import { RuleError, RuleFailure } from './expression.ts';
import type { Compute, Expression } from './expression.ts';
import type { Compiler, Operator, Scope } from './scope.ts';

type Fold = (left: number, right: number) => number;

interface Arithmetic {
  readonly fold: Fold;
  /** What no argument at all gives; null: it has no meaning. */
  readonly empty: number | null;
  /** From one argument; null: it needs two. */
  readonly alone: ((value: number) => number) | null;
}

const ADD: Arithmetic = { fold: (a, b) => a + b, empty: 0, alone: (a) => a };
const SUBTRACT: Arithmetic = { fold: (a, b) => a - b, empty: null, alone: (a) => -a };
const MULTIPLY: Arithmetic = { fold: (a, b) => a * b, empty: 1, alone: (a) => a };
const DIVIDE: Arithmetic = { fold: (a, b) => a / nonZero(b), empty: null, alone: (a) => 1 / nonZero(a) };
const REMAINDER: Arithmetic = { fold: (a, b) => a % b, empty: null, alone: null };

function nonZero(value: number): number {
  if (value === 0) throw new RuleFailure('The rule divides by zero.');
  return value;
}

export const arithmetic = {
  '+': listed(ADD),
  '-': listed(SUBTRACT),
  '*': listed(MULTIPLY),
  '/': listed(DIVIDE),
  '%': listed(REMAINDER),
  max: extreme((a, b) => b > a),
  min: extreme((a, b) => b < a),
} as const satisfies Readonly<Record<string, Operator>>;

function listed(kind: Arithmetic): Operator {
  return (args, compiler) => {
    const list = asArguments(args);
    if (list === null) return ofList(kind, compiler.compile(args), compiler);
    if (compiler.scope.way === 'interpreted' && list.length === 1 && (kind === ADD || kind === SUBTRACT)) {
      return ofList(kind, compiler.compile(list[0]), compiler);
    }
    return ofArguments(kind, list, compiler);
  };
}

function asArguments(args: Json): readonly Json[] | null {
  if (Array.isArray(args)) return args as readonly Json[];
  return typeof args === 'object' && args !== null ? null : [args];
}

function ofArguments(kind: Arithmetic, list: readonly Json[], compiler: Compiler): Expression {
  const operands = list.map((item) => compiler.compile(item));
  if (compiler.scope.way === 'compiled') {
    operands.forEach((given, index) => checkOperand(given, list[index]));
    if (kind === DIVIDE) operands.slice(operands.length === 1 ? 0 : 1).forEach(checkDivisor);
  }
  const computes = operands.map((given) => given.compute);
  const [first, second] = computes;
  if (first !== undefined && second !== undefined && computes.length === 2) {
    return { compute: (data, run) => valid(kind.fold(number(first(data, run)), number(second(data, run)))) };
  }
  return {
    compute: (data, run) =>
      calculate(
        kind,
        computes.map((compute) => number(compute(data, run))),
      ),
  };
}

/** The compiled way finds at once that an operand is no number. */
function checkOperand(given: Expression, written: Json | undefined): void {
  const value = given.constant?.value;
  if (Array.isArray(written) || (typeof value === 'string' && Number.isNaN(Number(value)))) {
    throw new RuleError('an operand is no number');
  }
}

function checkDivisor({ constant }: Expression): void {
  const value = constant?.value;
  if (value === 0 || (typeof value === 'string' && Number(value) === 0)) throw new RuleError('it divides by zero');
}

function calculate({ fold, empty, alone }: Arithmetic, values: readonly number[]): number {
  const [first, ...others] = values;
  if (first === undefined && empty !== null) return empty;
  if (first === undefined || (others.length === 0 && alone === null))
    throw new RuleFailure('The rule calculates with nothing.');
  if (others.length === 0 && alone !== null) return valid(alone(first));
  return valid(others.reduce(fold, first));
}

function valid(value: number): number {
  if (Number.isNaN(value)) throw new RuleFailure('The rule calculates what is no number.');
  return value;
}

/** Of what a list from the context holds. */
function ofList(kind: Arithmetic, given: Expression, { scope }: Compiler): Expression {
  const single: Compute = (data, run) => {
    const value = given.compute(data, run);
    if (scope.noting) run.noted = value;
    if (Array.isArray(value)) return sumUp(kind, value as readonly unknown[], scope);
    if (kind !== ADD && kind !== SUBTRACT) throw new RuleFailure('The rule calculates with what is no list.');
    return calculate(kind, [number(value)]);
  };
  return { compute: single };
}

function sumUp(kind: Arithmetic, list: readonly unknown[], { way }: Scope): number {
  if (way === 'interpreted' && kind === SUBTRACT && list.length === 1) return -(list[0] as number);
  if (kind === MULTIPLY || kind === ADD)
    return list.reduce((sum: number, item) => kind.fold(sum, numeric(item)), kind.empty ?? 0);
  return calculate(
    kind,
    list.map((item) => Number(operand(item))),
  );
}

function extreme(beats: (best: number, other: number) => boolean): Operator {
  return (args, compiler) => {
    const given = compiler.compile(asArguments(args) ?? args);
    return {
      compute: (data, run) => {
        const [first, ...others] = asList(given.compute(data, run)).map(onlyNumber);
        if (first === undefined) throw new RuleFailure('max and min need a number.');
        return others.reduce((best, other) => (beats(best, other) ? other : best), first);
      },
    };
  };
}

function onlyNumber(value: unknown): number {
  if (typeof value !== 'number') throw new RuleFailure('max and min compare numbers only.');
  return value;
}
