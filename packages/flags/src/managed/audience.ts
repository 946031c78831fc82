import type { Audience, FlagRamp, Group } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { fits } from './json-size.ts';
import { LIMITS } from './limits.ts';
import { referencesOf } from './references-of.ts';
import { sameJson } from './same-json.ts';
import { rampRules } from './set-problem.ts';

/** What is wrong with a ramp by itself, with what to do; null: nothing. */
export function rampProblem(set: FlagSet, { variant, cohort, audience }: Omit<FlagRamp, 'launch'>): string | null {
  if (variant === '') return 'Name the variant that ramps.';
  if (cohort === '' || cohort.length > LIMITS.name) return `Name the cohort: 1 to ${LIMITS.name} characters.`;
  if (audience.length > LIMITS.audience) return `A ramp has at most ${LIMITS.audience} audiences.`;
  for (const each of audience) {
    const problem = audienceProblem(each);
    if (problem !== null) return problem;
  }
  for (const name of referencesOf(rampRules(audience))) {
    if (!set.segments.has(name)) return `There is no segment ${name.slice(0, 80)} in this set: define it first.`;
  }
  return null;
}

function audienceProblem(audience: Audience): string | null {
  if (audience.kind === 'share') {
    if (!isPercent(audience.percent)) return 'A share is 0 to 100 per cent, with at most 3 decimals.';
    return audience.of === null ? null : groupProblem(audience.of);
  }
  return groupProblem(audience);
}

function groupProblem(group: Group): string | null {
  if (group.kind === 'segment') return null;
  if (group.name.length > LIMITS.name) return `A rule's name has at most ${LIMITS.name} characters.`;
  if (fits(group.rule as object, LIMITS.rule, LIMITS.depth)) return null;
  return `Rule ${group.name} is too large: at most ${LIMITS.rule} characters. Make it a segment.`;
}

function isPercent(percent: number): boolean {
  return percent >= 0 && percent <= 100 && Math.abs(percent * 1000 - Math.round(percent * 1000)) < 1e-6;
}

/** The audiences that there are with the new ones joined to them; a text says why they cannot be: none may shrink. */
export function joinedAudience(before: readonly Audience[], more: readonly Audience[]): readonly Audience[] | string {
  let joined = [...before];
  for (const each of more) {
    if (each.kind !== 'share') {
      if (!joined.some((other) => sameJson(other, each))) joined.push(each);
      continue;
    }
    const had = joined.find((other) => other.kind === 'share' && sameJson(other.of, each.of));
    if (had === undefined) joined.push(each);
    else if (had.kind === 'share' && had.percent > each.percent) return shrinks(had.percent, each.percent);
    else joined = joined.map((other) => (other === had ? each : other));
  }
  return joined;
}

function shrinks(before: number, after: number): string {
  return `The share is ${before} % already, and ${after} % would take people out of it: end the ramp first.`;
}
