import type { Bucketing } from '../evaluate/flag-evaluator.ts';
import type { Json } from '../json.ts';
import { isConstant } from './constant-rule.ts';
import { RuleError, constant, runOf } from './expression.ts';
import type { Expression } from './expression.ts';
import { operatorsOf } from './operators.ts';
import type { Compiler, Operator, Scope } from './scope.ts';

/** How deep rules may be nested, references counted in. */
export const MAX_RULE_DEPTH = 64;
/** How many rules and values one targeting may be made of, lists of plain values not counted. */
export const MAX_RULES = 100_000;

const TOP: Scope = { way: 'compiled', inItem: false, noting: false, depth: 0 };

/** Compiles the rules of one flag set. */
export interface RuleCompiler {
  /** Throws RuleError where the rule has no meaning. */
  compile(rule: Json): Expression;
}

export function createRuleCompiler(
  evaluators: Readonly<Record<string, Json>>,
  options: { readonly bucketing: Bucketing },
): RuleCompiler {
  const operators = operatorsOf(options.bucketing);
  const shared = new Map<string, Expression>();
  const open = new Set<string>();
  let rules = 0;

  function reference(name: Json, scope: Scope): Expression {
    if (typeof name !== 'string' || !Object.hasOwn(evaluators, name))
      throw new RuleError(`there is no evaluator ${quote(name)}`);
    const key = `${scope.way} ${scope.inItem} ${scope.noting} ${name}`;
    const known = shared.get(key);
    if (known !== undefined) return known;
    if (open.has(key)) throw new RuleError(`the evaluator ${quote(name)} leads back to itself`);
    open.add(key);
    try {
      const made = compile(evaluators[name], scope);
      shared.set(key, made);
      return made;
    } finally {
      open.delete(key);
    }
  }

  function compile(rule: Json | undefined, scope: Scope): Expression {
    if (typeof rule !== 'object' || rule === null) return constant(rule);
    count(scope);
    const inner = { ...scope, depth: scope.depth + 1 };
    if (Array.isArray(rule)) return compileList(rule as readonly Json[], (item) => compile(item, inner));
    const entries = Object.entries(rule as Readonly<Record<string, Json>>);
    const [entry] = entries;
    if (entry === undefined) return constant(rule);
    const [name, args] = entry;
    if (entries.length > 1) throw new RuleError(`a rule has one operator, this one has ${entries.length}`);
    if (name === '$ref') return reference(args, inner);
    const operator = operators.get(name);
    if (operator === undefined) throw new RuleError(`there is no operator ${quote(name)}`);
    if (isConstant(rule, false)) return workedOut(operator, args, inner);
    return operator(args, compilerOf(inner));
  }

  function workedOut(operator: Operator, args: Json, scope: Scope): Expression {
    const expression = operator(args, compilerOf({ ...scope, way: 'interpreted', noting: false }));
    try {
      const run = runOf('');
      return constant(expression.compute({}, run));
    } catch (error) {
      // The interpreter meets the failure when it comes to the rule, if ever.
      if (scope.way === 'interpreted') return expression;
      throw new RuleError('a rule of constants fails', { cause: error });
    }
  }

  function compilerOf(scope: Scope): Compiler {
    return {
      scope,
      compile: (rule, changes) => compile(rule, changes === undefined ? scope : { ...scope, ...changes }),
    };
  }

  function count({ depth }: Scope): void {
    rules += 1;
    if (rules > MAX_RULES) throw new RuleError(`it is made of more than ${MAX_RULES} rules`);
    if (depth > MAX_RULE_DEPTH) throw new RuleError(`it is nested more than ${MAX_RULE_DEPTH} levels deep`);
  }

  return {
    compile(rule) {
      rules = 0;
      return compile(rule, TOP);
    },
  };
}

function compileList(list: readonly Json[], compile: (item: Json) => Expression): Expression {
  if (list.every((item) => typeof item !== 'object' || item === null)) return constant(list);
  const items = list.map(compile);
  if (items.every((item) => item.constant !== undefined)) return constant(items.map((item) => item.constant?.value));
  const computes = items.map((item) => item.compute);
  return { compute: (data, run) => computes.map((compute) => compute(data, run)) };
}

function quote(name: Json): string {
  return JSON.stringify(name).slice(0, 80);
}
