import type { Now } from '../evaluate/flag-evaluator.ts';
import { hashState } from '../bucketing/murmur3.ts';
import type { HashState } from '../bucketing/murmur3.ts';

/** What surrounds an element that `map`, `filter` and the like are at: `../` leads from the item to `frame`, then to `context`, then to `up`. */
export interface Above {
  readonly frame: unknown;
  readonly context: unknown;
  readonly up: Above | null;
}

/** Belongs to one flag and is used again for each evaluation, so that none makes garbage. */
export interface Run {
  readonly flagKey: string;
  /** Of the flag's key, which comes before targeting keys. */
  readonly keyHash: HashState;
  now: Now;
  above: Above | null;
  /** See Scope.noting. */
  noted: unknown;
}

export function runOf(flagKey: string): Run {
  return { flagKey, keyHash: hashState(flagKey), now: 0, above: null, noted: undefined };
}

/** Epoch seconds: the same for the whole evaluation. */
export function secondsOf(run: Run): number {
  if (typeof run.now === 'function') run.now = run.now();
  return run.now;
}

export type Compute = (data: unknown, run: Run) => unknown;

/** A compiled rule. */
export interface Expression {
  readonly compute: Compute;
  /** It is always this. */
  readonly constant?: { readonly value: unknown };
  /** A plain `var`: nothing but a look into the context. */
  readonly plain?: true;
}

export function constant(value: unknown): Expression {
  return { compute: () => value, constant: { value } };
}

/** The rule has no meaning: the flag ends with PARSE_ERROR. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

/** While a rule is evaluated: it does not fit what the context holds. The flag ends with GENERAL. */
export class RuleFailure extends Error {
  override readonly name = 'RuleFailure';
}

/** A rule that always fails. */
export function failing(message: string): Expression {
  return {
    compute: () => {
      throw new RuleFailure(message);
    },
  };
}
