import type { Json } from '../json.ts';
import { groupRule } from './audience-rule.ts';
import type { Audience, FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { jsonSize } from './json-size.ts';
import { LIMITS } from './limits.ts';
import { referencesOf } from './references-of.ts';
import { requirementProblem } from './requirement-problem.ts';
import { segmentSize } from './segment-rules.ts';

/** What an order changes: only this and what hangs on it is looked at, so that an old fault elsewhere blocks nobody. */
export interface Touched {
  readonly flags: ReadonlySet<string>;
  readonly segments: ReadonlySet<string>;
}

/** Why a set cannot be left like this, with what to do; null: it can. */
export function setProblem(set: FlagSet, touched: Touched): string | null {
  return (
    countProblem(set) ?? segmentsProblem(set, touched) ?? flagsProblem(set, touched) ?? requirementProblem(set, touched)
  );
}

function countProblem(set: FlagSet): string | null {
  const { flags, segments } = set;
  if (flags.size > LIMITS.flags) return `A flag set holds at most ${LIMITS.flags} flags: remove stale ones first.`;
  if (segments.size > LIMITS.segments) return `A flag set holds at most ${LIMITS.segments} segments.`;
  return totalSize(set) <= LIMITS.total ? null : `A flag set holds at most ${LIMITS.total} characters in all.`;
}

/** JSON characters of all that a set holds. */
export function totalSize({ flags, segments, scheduled, proposals }: FlagSet): number {
  let total = 0;
  for (const { definition, ramp } of flags.values())
    total += jsonSize(definition).characters + jsonSize(ramp).characters;
  for (const { rule } of segments.values()) total += jsonSize(rule).characters;
  for (const { change } of [...scheduled, ...proposals]) total += jsonSize(change).characters;
  return total;
}

function flagsProblem(set: FlagSet, touched: Touched): string | null {
  for (const record of set.flags.values()) {
    const used = usedSegments(record);
    if (!touched.flags.has(record.key) && !overlap(used, touched.segments)) continue;
    const problem = recordProblem(record) ?? missing(set, used, `Flag ${record.key}`);
    if (problem !== null) return problem;
  }
  return null;
}

/** A new definition must not take away what is in force. */
function recordProblem({ key, definition, ramp }: FlagRecord): string | null {
  if (ramp === null) return null;
  const whose = ramp.launch === null ? 'ramps' : `ramps for launch ${ramp.launch.id}`;
  if (!Object.hasOwn(definition.variants, ramp.variant)) {
    return `Flag ${key} ${whose} with variant ${ramp.variant}: keep the variant, or end the ramp first.`;
  }
  if (definition.state === 'ENABLED') return null;
  return `Flag ${key} ${whose}: keep it ENABLED, or end the ramp first.`;
}

function segmentsProblem(set: FlagSet, touched: Touched): string | null {
  if (touched.segments.size === 0) return null;
  const sizes = new Map<string, number>();
  for (const { name, rule } of set.segments.values()) {
    const used = referencesOf(rule);
    if (!touched.segments.has(name) && !overlap(used, touched.segments)) continue;
    const problem = missing(set, used, `Segment ${name}`) ?? ring(set, name) ?? writtenOutProblem(set, name, sizes);
    if (problem !== null) return problem;
  }
  const total = [...set.segments.keys()].reduce((sum, name) => sum + segmentSize(name, set.segments, sizes), 0);
  if (total > LIMITS.total)
    return `The segments come to more than ${LIMITS.total} characters with those that they use.`;
  for (const { flag, change } of set.scheduled) {
    const used = change.kind === 'ramp' ? referencesOf(rampRules(change.ramp.audience)) : new Set<string>();
    if (!overlap(used, touched.segments)) continue;
    const problem = missing(set, used, `A scheduled ramp of flag ${flag}`);
    if (problem !== null) return problem;
  }
  return null;
}

function writtenOutProblem({ segments }: FlagSet, name: string, sizes: Map<string, number>): string | null {
  if (segmentSize(name, segments, sizes) <= LIMITS.segment) return null;
  return `Segment ${name} is too large with the segments that it uses: at most ${LIMITS.segment} characters.`;
}

function missing(set: FlagSet, used: ReadonlySet<string>, who: string): string | null {
  for (const name of used) {
    if (!set.segments.has(name))
      return `${who} uses segment ${name.slice(0, 80)}, which is not in this set: define it first.`;
  }
  return null;
}

function ring(set: FlagSet, start: string): string | null {
  const seen = new Set<string>();
  let level = [...referencesOf(set.segments.get(start)?.rule)];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (level.includes(start)) return `Segment ${start} uses itself by way of others: take one of the references out.`;
    if (depth > LIMITS.chain)
      return `Segment ${start} uses segments that use segments, more than ${LIMITS.chain} deep.`;
    const fresh = [...new Set(level)].filter((name) => !seen.has(name));
    for (const name of fresh) seen.add(name);
    level = fresh.flatMap((name) => [...referencesOf(set.segments.get(name)?.rule)]);
  }
  return null;
}

/** Segments that a flag's targeting and its ramp use. */
function usedSegments({ definition, ramp }: FlagRecord): ReadonlySet<string> {
  const own = referencesOf(definition.targeting);
  return ramp === null ? own : new Set([...own, ...referencesOf(rampRules(ramp.audience))]);
}

/** An audience's rules, with its segments as references. */
export function rampRules(audience: readonly Audience[]): readonly Json[] {
  return audience.map(groupRule);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const each of a) if (b.has(each)) return true;
  return false;
}
