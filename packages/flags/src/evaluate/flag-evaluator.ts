import type { EvaluationContext, Resolution } from './resolution.ts';

/**
 * How a person gets into a share. `v2`: MurmurHash3 (32 bit, seed 0) of the text's UTF-8, times the sum of the weights, shifted right by 32.
 * `v3`: the same over deterministic CBOR of the value, or of [flag, targeting key]. A flag set keeps its version for ever: another
 * one would give everybody another variant.
 */
export type Bucketing = 'v2' | 'v3';

/** Epoch seconds, what `$flagd.timestamp` is; or where to ask for them: only a rule that reads the time asks. */
export type Now = number | (() => number);

/** A flag that is ready to be asked. */
export interface FlagAnswer {
  /** What it comes to for everybody, where that is so; null where it is to be asked. */
  readonly always: Resolution | null;
  /** At most so many frozen resolutions it comes to; one that is not frozen was made for its context alone. */
  readonly outcomes: number;
  /** Never throws. */
  readonly ask: (context: EvaluationContext, now: Now) => Resolution;
}

/** A flag set that is ready to be asked. It never changes: a change of the set makes a new one. */
export interface FlagEvaluator {
  /** Each flag of the set by its key, in the order of the set. */
  readonly flags: ReadonlyMap<string, FlagAnswer>;
  /** Never throws. */
  evaluate(key: string, context: EvaluationContext, now: Now): Resolution;
  /** Each flag of the set, in its order. */
  evaluateAll(context: EvaluationContext, now: Now): readonly Resolution[];
}
