import type { Json } from '../json.ts';
import { asList } from './coerce.ts';
import { RuleFailure } from './expression.ts';
import type { Compute, Expression } from './expression.ts';
import type { Compiler, Operator } from './scope.ts';

/** `cat`: texts joined. */
export const cat: Operator = (args, compiler) => {
  if (!Array.isArray(args)) return ofValue(compiler.compile(args));
  const list = args as readonly Json[];
  const interpreted = compiler.scope.way === 'interpreted';
  if (interpreted && list.length === 1 && !Array.isArray(list[0])) return ofValue(compiler.compile(list[0]));
  const computes = list.map((item) => compiler.compile(item).compute);
  if (interpreted) return { compute: (data, run) => joined(computes.map((compute) => compute(data, run))) };
  return { compute: (data, run) => computes.reduce((text, compute) => text + asText(compute(data, run)), '') };
};

/** As JavaScript says it: null is "null", a list its items with commas. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : `${value as string}`;
}

function joined(values: readonly unknown[]): string {
  return values.reduce(
    (text: string, value) => (value === null || value === undefined ? text : text + asText(value)),
    '',
  );
}

function ofValue(given: Expression): Expression {
  return {
    compute: (data, run) => {
      const value = given.compute(data, run);
      if (value === null || value === undefined) throw new RuleFailure('"cat" needs something to join.');
      return Array.isArray(value) ? joined(value) : asText(value);
    },
  };
}

/** `substr`: text, start, and how many; a negative count leaves as many off the end. */
export const substr: Operator = (args, compiler) => {
  const given = compiler.compile(args);
  return {
    compute: (data, run) => {
      const [text, from, count] = asList(given.compute(data, run)) as readonly [unknown, number, number];
      if (typeof text !== 'string') throw new RuleFailure('"substr" needs a text.');
      if (!(count < 0)) return part(text, from, count);
      const rest = part(text, from);
      return part(rest, 0, rest.length + count);
    },
  };
};

function part(text: string, from: number, count?: number): string {
  const asked = Math.trunc(Number(from)) || 0;
  const start = asked < 0 ? Math.max(0, text.length + asked) : asked;
  const length = count === undefined ? text.length : Math.trunc(Number(count)) || 0;
  return length <= 0 ? '' : text.slice(start, Math.min(text.length, start + length));
}

export const startsWith: Operator = tested((text, part_) => text.startsWith(part_));
export const endsWith: Operator = tested((text, part_) => text.endsWith(part_));

/** null where it is not given two texts. */
function tested(test: (text: string, part: string) => boolean): Operator {
  return (args, compiler) => {
    const pair = twoArguments(args, compiler);
    if (pair !== null) return { compute: ofTexts(pair, test) };
    const given = compiler.compile(args);
    return {
      compute: (data, run) => {
        const list = asList(given.compute(data, run));
        const [text, other] = list;
        return list.length === 2 && typeof text === 'string' && typeof other === 'string' ? test(text, other) : null;
      },
    };
  };
}

function twoArguments(args: Json, compiler: Compiler): readonly [Compute, Compute] | null {
  if (!Array.isArray(args) || args.length !== 2) return null;
  const [first, second] = args as readonly Json[];
  return [compiler.compile(first).compute, compiler.compile(second).compute];
}

function ofTexts([first, second]: readonly [Compute, Compute], test: (text: string, part: string) => boolean): Compute {
  return (data, run) => {
    const text = first(data, run);
    const other = second(data, run);
    return typeof text === 'string' && typeof other === 'string' ? test(text, other) : null;
  };
}
