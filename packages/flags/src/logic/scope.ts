import type { Json } from '../json.ts';
import type { Expression } from './expression.ts';

/**
 * Where a rule stands. flagd's JavaScript core runs some rules compiled and others interpreted (constant ones, and what is inside an `if`
 * without an else), by json-logic-engine, and the two differ in details (`cat` of null, `!` of a list). Providers that evaluate in
 * process use that core, so what we answer must be equal: both ways are here.
 */
export interface Scope {
  readonly way: 'compiled' | 'interpreted';
  /** Within `map`, `filter` and the like: `var` looks into the item. */
  readonly inItem: boolean;
  /**
   * The compiled way keeps the left side of a comparison in one variable, which whatever the right side looks up then overwrites; what
   * may be compared depends on it. Where that matters, rules note in Run.noted what that variable would hold.
   */
  readonly noting: boolean;
  readonly depth: number;
}

/** What an operator compiles its arguments with. */
export interface Compiler {
  readonly scope: Scope;
  compile(rule: Json | undefined, scope?: Partial<Scope>): Expression;
}

/** An operator gets its arguments as they are written. */
export type Operator = (args: Json, compiler: Compiler) => Expression;
