import type { Json } from '../json.ts';
import { referencesOf } from './references-of.ts';
import type { FlagSet } from './flag-set.ts';

type Segments = FlagSet['segments'];

const TARGETING_KEY: Json = { var: 'targetingKey' };
const FLAG_KEY = '$flagd.flagKey';

/** Truthy for whoever has a targeting key: without one a hash would put everybody into one bucket. */
export const HAS_TARGETING_KEY: Json = { '!!': [TARGETING_KEY] };

/** The text that a share of a cohort, or of a flag, is chosen by. */
export function bucketText(seed: string): Json {
  return { cat: [seed, TARGETING_KEY] };
}

/**
 * A flag's rule so that it says the same inside of another flag: what the evaluator takes from the flag that it evaluates
 * (the shorthand of `fractional`, `$flagd.flagKey`) is written out. The same object where nothing of it depends on its flag.
 */
export function withOwnKey(rule: Json, key: string, segments: Segments): Json {
  if (!dependsOnKey(rule, segments)) return rule;
  if (Array.isArray(rule)) return rule.map((each: Json) => withOwnKey(each, key, segments));
  if (typeof rule !== 'object' || rule === null) return rule;
  const operation = rule as { readonly [key: string]: Json };
  const reference = operation['$ref'];
  if (typeof reference === 'string') return withOwnKey(segments.get(reference)?.rule ?? null, key, segments);
  if (isFlagKey(operation)) return key;
  const rewritten = Object.fromEntries(
    Object.entries(operation).map(([name, inner]) => [name, withOwnKey(inner, key, segments)]),
  );
  return isShorthand(operation) ? explicit(rewritten['fractional'] ?? [], key) : rewritten;
}

/** Whether a rule, or a segment that it uses, takes something from the flag that is evaluated. */
export function dependsOnKey(rule: Json, segments: Segments, depth = 0): boolean {
  if (typeof rule !== 'object' || rule === null || depth > 20) return false;
  if (usesKeyItself(rule)) return true;
  for (const name of referencesOf(rule)) {
    if (dependsOnKey(segments.get(name)?.rule ?? null, segments, depth + 1)) return true;
  }
  return false;
}

const known = new WeakMap<object, boolean>();

function usesKeyItself(rule: object): boolean {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const found = Object.values(rule).some((each) => typeof each === 'object' && each !== null && usesKeyItself(each));
  const uses = found || (!Array.isArray(rule) && (isFlagKey(rule as never) || isShorthand(rule as never)));
  known.set(rule, uses);
  return uses;
}

function isFlagKey({ var: path }: { readonly var?: Json }): boolean {
  return path === FLAG_KEY || (Array.isArray(path) && path[0] === FLAG_KEY);
}

function isShorthand({ fractional }: { readonly fractional?: Json }): boolean {
  if (!Array.isArray(fractional)) return false;
  const first = fractional[0] as Json | undefined;
  // A first entry that gives a list is a bucket and no text to hash.
  return Array.isArray(first) || (typeof first === 'object' && first !== null && 'merge' in first);
}

function explicit(buckets: Json, key: string): Json {
  const shares = Array.isArray(buckets) ? buckets : [];
  return { if: [HAS_TARGETING_KEY, { fractional: [bucketText(key), ...shares] }, null] };
}
