import type { Json } from '../json.ts';
import { asList } from './coerce.ts';
import { RuleError, RuleFailure, failing } from './expression.ts';
import type { Above, Compute, Expression, Run } from './expression.ts';
import { own } from './path.ts';
import type { Operator } from './scope.ts';
import { truthy } from './truthy.ts';

/** `in`: whether a list holds a value, or a text another. */
export const within: Operator = (args, compiler) => {
  if (!Array.isArray(args)) return ofPair(compiler.compile(args));
  const [item, list] = args as readonly Json[];
  const container = compiler.compile(list);
  const { compute } = compiler.compile(item);
  const known = container.constant?.value;
  if (Array.isArray(known)) return { compute: ofKnown(compute, new Set<unknown>(known)) };
  return {
    compute: (data, run) => {
      const where = container.compute(data, run);
      return includes(where, compute(data, run));
    },
  };
};

function ofKnown(item: Compute, known: ReadonlySet<unknown>): Compute {
  return (data, run) => known.has(item(data, run));
}

function ofPair(given: Expression): Expression {
  return {
    compute: (data, run) => {
      const [item, list] = asList(given.compute(data, run));
      return includes(list, item);
    },
  };
}

function includes(where: unknown, item: unknown): boolean {
  if (!where) return false;
  if (typeof where === 'string') return where.includes(item as string);
  if (Array.isArray(where)) return where.includes(item);
  throw new RuleFailure('"in" needs a list or a text.');
}

/** `merge`: lists and single values as one list. */
export const merge: Operator = (args, compiler) => {
  const given = compiler.compile(args);
  return { compute: (data, run) => asList(given.compute(data, run)).flat() };
};

/** What a rule gives for one item. */
type ForItem = (item: unknown, index: number) => unknown;

type Walk = (list: readonly unknown[], each: ForItem) => unknown;

export const map = over((list, each) => Array.from(list, each), 'map');
export const filter = over((list, each) => list.filter((item, index) => truthy(each(item, index))), 'filter');
export const some = over((list, each) => list.some((item, index) => truthy(each(item, index))), 'some');
export const none = over((list, each) => !list.some((item, index) => truthy(each(item, index))), 'none');
export const all = over((list, each) => list.every((item, index) => truthy(each(item, index))), 'all');

/** These take what has no length for a list without items when they are interpreted. */
const COUNTED: ReadonlySet<string> = new Set(['some', 'none', 'all']);

function over(walk: Walk, name: string): Operator {
  return (args, compiler) => {
    if (!Array.isArray(args)) {
      if (name === 'all' || compiler.scope.way === 'interpreted')
        return failing(`"${name}" needs a list of arguments.`);
      throw new RuleError(`"${name}" needs a list of arguments`);
    }
    const [list, rule] = args as readonly Json[];
    const given = compiler.compile(list);
    const each = compiler.compile(rule, { inItem: true, noting: false });
    const interpreted = compiler.scope.way === 'interpreted';
    if (interpreted && name === 'filter' && each.constant !== undefined) {
      return truthy(each.constant.value) ? given : { compute: () => [] };
    }
    const counted = interpreted && COUNTED.has(name);
    return {
      compute: (data, run) => {
        const value = given.compute(data, run);
        if (compiler.scope.noting && name === 'all') run.noted = value;
        const items = itemsOf(value, counted);
        // Of an empty list "all" is false, but not of nothing at all.
        if (name === 'all' && items.length === 0 && (Array.isArray(value) || (interpreted && !value))) return false;
        return walk(items, forItem(each, { list: items, data, run, counted }));
      },
    };
  };
}

function itemsOf(value: unknown, counted: boolean): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!value) return [];
  if (!counted) throw new RuleFailure('The rule goes through what is no list.');
  if (typeof value === 'string') return Array.from({ length: value.length }, (_, index) => value.charAt(index));
  return [];
}

interface Around {
  readonly list: readonly unknown[];
  readonly data: unknown;
  readonly run: Run;
  readonly counted: boolean;
}

function forItem(each: Expression, { list, data, run, counted }: Around): ForItem {
  const up = run.above;
  return (item, index) => {
    const frame = counted ? list : { iterator: list, index };
    return inside(run, { frame, context: data, up }, () => each.compute(item, run));
  };
}

/** The rule for an item knows what surrounds it, and has notes of its own. */
function inside<T>(run: Run, above: Above, work: () => T): T {
  const { above: up, noted } = run;
  run.above = above;
  const result = work();
  run.above = up;
  run.noted = noted;
  return result;
}

/** `reduce`: one value from a list, where the rule sees `accumulator` and `current`. */
export const reduce: Operator = (args, compiler) => {
  if (!Array.isArray(args)) {
    if (compiler.scope.way === 'interpreted') return failing('"reduce" needs a list of arguments.');
    throw new RuleError('"reduce" needs a list of arguments');
  }
  const [list, rule, first] = args as readonly Json[];
  const folded = compiler.scope.way === 'interpreted' ? asArithmetic(args as readonly Json[]) : null;
  if (folded !== null) return compiler.compile(folded);
  const given = compiler.compile(list);
  const each = compiler.compile(rule, { inItem: true, noting: false });
  const begin = first === undefined ? null : compiler.compile(first);
  return {
    compute: (data, run) => {
      const items = itemsOf(given.compute(data, run), false);
      const frame = compiler.scope.way === 'interpreted' ? items : null;
      const above: Above = { frame, context: data, up: run.above };
      const next = (accumulator: unknown, current: unknown): unknown =>
        inside(run, above, () => flat(each.compute({ accumulator, current }, run)));
      return begin === null ? items.reduce(next) : items.reduce(next, flat(begin.compute(data, run)));
    },
  };
};

/** An accumulator that could grow inwards without end is refused. */
function flat(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.values(value).some((inner) => typeof inner === 'object' && inner !== null)) {
    throw new RuleFailure('"reduce" may not collect lists or objects within others.');
  }
  return value;
}

/** The interpreter makes a sum or a product of the `reduce` that is one. */
function asArithmetic([list, rule, first]: readonly Json[]): Json | null {
  for (const name of ['+', '*']) {
    const args = own(rule, name);
    if (!Array.isArray(args) || args.length !== 2) continue;
    const names = args.map((arg) => own(arg, 'var'));
    if (!names.includes('accumulator') || !names.includes('current')) continue;
    const begin = name === '+' ? first || 0 : (first ?? 1);
    return { [name]: [{ [name]: list ?? null }, begin] };
  }
  return null;
}
