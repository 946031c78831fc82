import type { Json } from '../json.ts';
import { asList } from './coerce.ts';
import { constant, secondsOf } from './expression.ts';
import type { Above, Compute, Expression, Run } from './expression.ts';
import { follow, own, reader, splitPath } from './path.ts';
import type { Compiler, Operator } from './scope.ts';

const FLAGD = '$flagd';

/** `var`: what the context, or the item at hand, holds under a path. */
export const variable: Operator = (args, compiler) => {
  const [key, fallback] = Array.isArray(args) ? (args as readonly Json[]) : [args];
  const compiled = compiler.scope.way === 'compiled';
  const interpretedDefault = !compiled && Array.isArray(args) && args.length > 1;
  if (Array.isArray(args) && args.length > 2) return looked(args, compiler);
  if (
    key === undefined ||
    key === null ||
    key === '' ||
    (!compiled && !interpretedDefault && (key === 0 || key === false))
  ) {
    return whole(compiler);
  }
  if (typeof key !== 'string' && typeof key !== 'number') return looked(args, compiler);
  const path = String(key);
  if (path.includes('../') || interpretedDefault) return looked(args, compiler);
  return plain(path, fallback, compiler);
};

function plain(path: string, fallback: Json | undefined, compiler: Compiler): Expression {
  const parts = splitPath(path);
  const read = fromContext(parts, compiler);
  const otherwise = fallback === undefined ? constant(null) : compiler.compile(fallback);
  const known = otherwise.constant;
  if (known === undefined)
    return { compute: noted(compiler, (data, run) => read(data, run) ?? otherwise.compute(data, run)) };
  const { value } = known;
  if (compiler.scope.way === 'interpreted' && parts.length > 1) return { compute: stopsAtFalsy(parts, compiler) };
  return { compute: noted(compiler, (data, run) => read(data, run) ?? value), plain: true };
}

/** json-logic-engine's interpreter gives what a short path is broken off at, where that is false by itself. */
function stopsAtFalsy(parts: readonly string[], compiler: Compiler): Compute {
  const read = fromContext(parts, compiler);
  if (parts.length > 3) return (data, run) => read(data, run) ?? null;
  const shorter = parts.map((_, index) => fromContext(parts.slice(0, index), compiler));
  return (data, run) => {
    for (const prefix of shorter) {
      const value = prefix(data, run);
      if (!value) return value ?? null;
    }
    return read(data, run) ?? null;
  };
}

function noted({ scope }: Compiler, compute: Compute): Compute {
  if (!scope.noting) return compute;
  return (data, run) => (run.noted = compute(data, run));
}

/** Only flags know $flagd, items do not; what a caller sends under that name counts for nothing. */
function fromContext(parts: readonly string[], { scope }: Compiler): Compute {
  const [first, second, ...rest] = parts;
  if (scope.inItem || first !== FLAGD) return reader(parts);
  if (second === undefined) return (_, run) => flagd(run);
  if (rest.length > 0) return (_, run) => follow(flagd(run), parts.slice(1));
  if (second === 'flagKey') return (_, run) => run.flagKey;
  if (second === 'timestamp') return (_, run) => secondsOf(run);
  return () => undefined;
}

function flagd(run: Run): { readonly flagKey: string; readonly timestamp: number } {
  return { flagKey: run.flagKey, timestamp: secondsOf(run) };
}

/** The whole context, or the whole item. */
function whole({ scope }: Compiler): Expression {
  if (scope.inItem) return { compute: (data) => data ?? null };
  return { compute: withFlagd };
}

function withFlagd(data: unknown, run: Run): unknown {
  return { ...(data as object), [FLAGD]: flagd(run) };
}

/** The path, or its default, comes out of the evaluation; or it leaves the item. */
function looked(args: Json, compiler: Compiler): Expression {
  const given = compiler.compile(Array.isArray(args) && args.length === 1 ? (args as readonly Json[])[0] : args);
  const { inItem } = compiler.scope;
  return {
    compute: (data, run) => {
      const [key, fallback] = asList(given.compute(data, run));
      return lookUp({ key, fallback: fallback === undefined ? null : fallback, inItem, data, run });
    },
  };
}

interface Look {
  readonly key: unknown;
  readonly fallback: unknown;
  readonly inItem: boolean;
  readonly data: unknown;
  readonly run: Run;
}

function lookUp({ key, fallback, inItem, data, run }: Look): unknown {
  const from =
    typeof key === 'string' && key.startsWith('../') && run.above !== null
      ? climb(key, run.above)
      : { path: key, data };
  const atTop = from.data === data && !inItem;
  if (from.path === undefined || from.path === null || from.path === '')
    return atTop ? withFlagd(data, run) : from.data;
  const parts = splitPath(`${from.path as string}`);
  if (atTop && parts[0] === FLAGD) return follow({ [FLAGD]: flagd(run) }, parts) ?? fallback;
  const value = follow(from.data, parts);
  return value === undefined ? fallback : value;
}

/** Each `../` is a step outwards: to what says which item it is, to what the list was taken from, and on. */
function climb(key: string, above: Above): { readonly path: string; readonly data: unknown } {
  let path = key;
  let at: Above | null = above;
  let data: unknown = null;
  let inFrame = false;
  while (at !== null && path.startsWith('../')) {
    data = inFrame ? at.context : at.frame;
    if (inFrame) at = at.up;
    inFrame = !inFrame;
    path = path.slice(3);
  }
  if (at === null && path.startsWith('../')) return { path: path.slice(3), data: undefined };
  return { path, data };
}

/** `missing`: those of the paths that lead nowhere. */
export const missing: Operator = (args, compiler) => {
  const paths = compiler.compile(Array.isArray(args) ? args : [args]);
  const { inItem } = compiler.scope;
  if (Array.isArray(args) && args.length === 0) return constant([]);
  const listed = isRule(args) ? compiler.compile(args) : paths;
  return { compute: (data, run) => missingOf(asList(listed.compute(data, run)), data, inItem) };
};

/** `missing_some`: as `missing`, unless enough of the paths lead somewhere. */
export const missingSome: Operator = (args, compiler) => {
  const given = compiler.compile(args);
  const { inItem, noting } = compiler.scope;
  return {
    compute: (data, run) => {
      const [needed, paths] = asList(given.compute(data, run));
      if (!Array.isArray(paths)) throw new TypeError('missing_some needs a list of paths');
      const gone = missingOf(paths, data, inItem);
      if (noting) run.noted = gone;
      return paths.length - gone.length < (needed as number) ? gone : [];
    },
  };
};

function isRule(args: Json): boolean {
  return typeof args === 'object' && args !== null && !Array.isArray(args);
}

function missingOf(paths: readonly unknown[], data: unknown, inItem: boolean): readonly unknown[] {
  return paths.filter((path) => {
    let at = data;
    for (const [index, part] of splitPath(String(path)).entries()) {
      if (!at) return true;
      // Every flag knows $flagd.
      if (index === 0 && part === FLAGD && !inItem) at = { flagKey: '', timestamp: 1 };
      else at = own(at, part);
      if (at === undefined) return true;
    }
    return false;
  });
}
