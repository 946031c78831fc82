import type { Json } from '../json.ts';
import { MAX_RULE_DEPTH } from '../logic/compile-rule.ts';
import type { Path } from './flag-problem.ts';

/** A variant that a rule names as its result. */
export interface NamedVariant {
  readonly variant: string;
  readonly path: Path;
}

/** The variants that a rule gives by name, where they can be seen without evaluating it. References are followed; what they name counts as theirs. */
export function namedVariants(
  rule: Json,
  path: Path,
  evaluators: Readonly<Record<string, Json>>,
): readonly NamedVariant[] {
  const named: NamedVariant[] = [];
  results({ rule, path, from: path }, { evaluators, named, followed: new Set(), depth: 0 });
  return named;
}

interface Result {
  readonly rule: Json | undefined;
  /** In the rule, or where it is first referred to. */
  readonly path: Path;
  readonly from: Path;
}

interface Search {
  readonly evaluators: Readonly<Record<string, Json>>;
  readonly named: NamedVariant[];
  /** Each is followed once: the ways to it may be more than can be counted. */
  readonly followed: Set<string>;
  /** References within references. */
  readonly depth: number;
}

function results({ rule, path, from }: Result, search: Search): void {
  if (typeof rule === 'string' || typeof rule === 'boolean' || typeof rule === 'number') {
    search.named.push({ variant: String(rule), path });
    return;
  }
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return;
  const [entry] = Object.entries(rule as Readonly<Record<string, Json>>);
  if (entry === undefined) return;
  const [name, args] = entry;
  if (name === '$ref') return followReference(args, { rule, path, from }, search);
  if (!Array.isArray(args)) return;
  for (const index of resultsOf(name, args as readonly Json[])) {
    const inner = [...path, name, ...index];
    results({ rule: at(args as readonly Json[], index), path: inner, from: inner }, search);
  }
}

function followReference(name: Json, { path }: Result, search: Search): void {
  if (typeof name !== 'string' || search.followed.has(name) || !Object.hasOwn(search.evaluators, name)) return;
  // What is as deep does not compile, which is told.
  if (search.depth > MAX_RULE_DEPTH) return;
  search.followed.add(name);
  const inner: NamedVariant[] = [];
  results({ rule: search.evaluators[name], path, from: path }, { ...search, named: inner, depth: search.depth + 1 });
  search.named.push(...inner.map(({ variant }) => ({ variant, path })));
}

function at(args: readonly Json[], [first, second]: readonly number[]): Json | undefined {
  const value = args[first ?? 0];
  return second === undefined || !Array.isArray(value) ? value : (value as readonly Json[])[second];
}

/** Which arguments of an operator may be its result. */
function resultsOf(name: string, args: readonly Json[]): readonly (readonly number[])[] {
  const indexes = [...args.keys()];
  if (name === 'if' || name === '?:') {
    if (args.length === 1) return [[0]];
    return indexes.filter((index) => index % 2 === 1 || index === args.length - 1).map((index) => [index]);
  }
  if (name === 'or' || name === 'and') return indexes.map((index) => [index]);
  if (name === 'fractional') return indexes.filter((index) => Array.isArray(args[index])).map((index) => [index, 0]);
  return [];
}
