import type { Json } from '../json.ts';
import type { FlagSet } from './flag-set.ts';
import { LIMITS } from './limits.ts';
import { jsonSize } from './json-size.ts';
import { referencesOf } from './references-of.ts';

type Segments = FlagSet['segments'];

/** A segment's rule with the segments that it uses written out: not every flagd evaluator follows a reference within a reference. */
export function segmentRule(name: string, segments: Segments): Json {
  return written(segments.get(name)?.rule ?? null, segments, 0);
}

/** The segments that a rule uses, those that they use included. */
export function segmentsUsed(rule: Json, segments: Segments): ReadonlySet<string> {
  const used = new Set(referencesOf(rule));
  // A set may grow while it is walked: what is added is visited too.
  for (const name of used) for (const each of referencesOf(segments.get(name)?.rule)) used.add(each);
  return used;
}

/**
 * JSON characters of a segment with those that it uses written out, without writing them. `known`: of the same segments, each of
 * which is then looked at once, however many ways lead to it.
 */
export function segmentSize(name: string, segments: Segments, known = new Map<string, number>()): number {
  const before = known.get(name);
  if (before !== undefined) return before;
  // Of a ring, which no set may have, each is counted once.
  known.set(name, 0);
  const rule = segments.get(name)?.rule ?? null;
  let size = jsonSize(rule).characters;
  for (const used of referencesOf(rule)) {
    size += segmentSize(used, segments, known) * timesUsed(rule, used);
  }
  known.set(name, size);
  return size;
}

function written(rule: Json, segments: Segments, depth: number): Json {
  if (referencesOf(rule).size === 0) return rule;
  if (depth > LIMITS.depth * LIMITS.chain) return false;
  if (Array.isArray(rule)) return rule.map((each: Json) => written(each, segments, depth + 1));
  const operation = rule as { readonly [key: string]: Json };
  const used = operation['$ref'];
  if (typeof used === 'string') return written(segments.get(used)?.rule ?? null, segments, depth + 1);
  return Object.fromEntries(
    Object.entries(operation).map(([name, each]) => [name, written(each, segments, depth + 1)]),
  );
}

/** How often a rule uses a segment. */
export function timesUsed(rule: Json, name: string): number {
  let times = 0;
  const left: unknown[] = [rule];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (referencesOf(next).size === 0) continue;
    if (isReference(next, name)) times += 1;
    else left.push(...Object.values(next as object));
  }
  return times;
}

function isReference(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && '$ref' in value && value.$ref === name;
}
