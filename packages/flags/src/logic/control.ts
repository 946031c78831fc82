import type { Json } from '../json.ts';
import { constant, failing } from './expression.ts';
import type { Compute, Expression } from './expression.ts';
import type { Compiler, Operator, Scope } from './scope.ts';
import { truthy } from './truthy.ts';

/** `if`: condition, value, condition, value, …, value otherwise. */
export const conditional: Operator = (args, compiler) => {
  if (!Array.isArray(args)) return failing('"if" needs a list of arguments.');
  const list = args as readonly Json[];
  if (list.length === 0) return constant(null);
  if (list.length >= 3) return branches(list, compiler);
  // What has no else is interpreted.
  const scope: Scope = { ...compiler.scope, way: 'interpreted', noting: false };
  const inner: Compiler = { scope, compile: (rule, changes) => compiler.compile(rule, { ...scope, ...changes }) };
  return list.length === 1 ? inner.compile(list[0]) : branches(list, inner);
};

function branches(list: readonly Json[], compiler: Compiler): Expression {
  const even = list.length % 2 === 0;
  let otherwise = even ? constant(null) : compiler.compile(list.at(-1));
  for (let at = list.length - (even ? 2 : 3); at >= 0; at -= 2) {
    otherwise = choice(compiler.compile(list[at]), compiler.compile(list[at + 1]), otherwise);
  }
  return otherwise;
}

function choice(condition: Expression, then: Expression, otherwise: Expression): Expression {
  const test = condition.compute;
  if (then.constant !== undefined && otherwise.constant !== undefined) {
    const yes = then.constant.value;
    const no = otherwise.constant.value;
    return { compute: (data, run) => (truthy(test(data, run)) ? yes : no) };
  }
  const yes = then.compute;
  const no = otherwise.compute;
  return { compute: (data, run) => (truthy(test(data, run)) ? yes(data, run) : no(data, run)) };
}

export const or: Operator = firstThat((value) => truthy(value), '"or" needs a list of arguments.');
export const and: Operator = firstThat((value) => !truthy(value), '"and" needs a list of arguments.');

/** The first value that ends the row, or the last one. */
function firstThat(ends: (value: unknown) => boolean, message: string): Operator {
  return (args, compiler) => {
    if (!Array.isArray(args)) return failing(message);
    const computes = (args as readonly Json[]).map((rule) => compiler.compile(rule).compute);
    const [first, second] = computes;
    if (first === undefined) return constant(null);
    const two = computes.length === 2 && second !== undefined;
    const compute = two ? ofTwo(first, second, ends) : ofMany(computes, ends);
    if (!compiler.scope.noting) return { compute };
    return { compute: (data, run) => (run.noted = compute(data, run)) };
  };
}

function ofTwo(first: Compute, second: Compute, ends: (value: unknown) => boolean): Compute {
  return (data, run) => {
    const value = first(data, run);
    return ends(value) ? value : second(data, run);
  };
}

function ofMany(computes: readonly Compute[], ends: (value: unknown) => boolean): Compute {
  return (data, run) => {
    let value: unknown = null;
    for (const compute of computes) {
      value = compute(data, run);
      if (ends(value)) break;
    }
    return value;
  };
}

export const not: Operator = (args, compiler) => {
  const { compute } = unary(args, compiler);
  return { compute: (data, run) => !truthy(compute(data, run)) };
};

export const notNot: Operator = (args, compiler) => {
  const { compute } = unary(args, compiler);
  return { compute: (data, run) => truthy(compute(data, run)) };
};

function unary(args: Json, compiler: Compiler): Expression {
  const listed = Array.isArray(args);
  const given = compiler.compile(listed ? (args as readonly Json[])[0] : args);
  if (compiler.scope.way === 'compiled' || (listed && args.length !== 1)) return given;
  if (listed && Array.isArray((args as readonly Json[])[0])) return given;
  // The interpreter takes a list that it looks up for the list of arguments.
  return {
    compute: (data, run) => {
      const value = given.compute(data, run);
      return Array.isArray(value) ? value[0] : value;
    },
  };
}
