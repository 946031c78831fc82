import type { FlagSetDefinition } from '../definition/flag-definition.ts';
import type { FlagSet } from './flag-set.ts';
import { segmentRule } from './segment-rules.ts';
import { servedFlag } from './served-flag.ts';

/**
 * What is in force, as plain flagd JSON: any flagd evaluator that buckets as the set does gives the same answers as Slipway.
 * Kills, prerequisites, ramps and segments are worked in; what only Slipway reads is left out. The set's own metadata (its
 * name) is the caller's to add. The same set gives the same JSON, and a flag of which nothing changed the same object.
 */
export function servedDefinition(set: FlagSet): FlagSetDefinition {
  const flags = Object.fromEntries([...set.flags].map(([key, record]) => [key, servedFlag(record, set)]));
  if (set.segments.size === 0) return { flags };
  const names = [...set.segments.keys()];
  return { flags, $evaluators: Object.fromEntries(names.map((name) => [name, segmentRule(name, set.segments)])) };
}
