import { checkFlagSet } from '../definition/check-flag-set.ts';
import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Json } from '../json.ts';
import { groupRule } from './audience-rule.ts';
import { findingWords } from './definition-problem.ts';
import type { FlagEvent } from './flag-event.ts';
import type { Audience } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { referencesOf } from './references-of.ts';
import { segmentRule } from './segment-rules.ts';

/** Why a rule of these events cannot be evaluated with the segments of the set; null: all can. */
export function meaningProblem(set: FlagSet, events: readonly FlagEvent[]): string | null {
  for (const event of events) {
    const problem = eventProblem(set, event);
    if (problem !== null) return problem;
  }
  // All at once: a large segment that thousands of flags use is read once.
  const defined = events.flatMap((event) =>
    event.type === 'flag-defined' ? [[event.flag, event.definition] as const] : [],
  );
  return defined.length === 0 ? null : flagsProblem(set, Object.fromEntries(defined));
}

function eventProblem(set: FlagSet, event: FlagEvent): string | null {
  if (event.type === 'segment-defined') {
    const rule = set.segments.get(event.segment)?.rule ?? null;
    return ruleProblem(set, `Segment ${event.segment}`, rule);
  }
  if (event.type === 'ramp-set') return audienceProblem(set, event.ramp.audience);
  if (event.type !== 'change-scheduled') return null;
  const { flag, change } = event.scheduled;
  if (change.kind === 'ramp') return audienceProblem(set, change.ramp.audience);
  return change.kind === 'define' ? flagsProblem(set, { [flag]: change.definition }) : null;
}

function audienceProblem(set: FlagSet, audience: readonly Audience[]): string | null {
  for (const each of audience) {
    const group = each.kind === 'share' ? each.of : each;
    const problem = group?.kind === 'rule' ? ruleProblem(set, `Rule ${group.name}`, groupRule(group)) : null;
    if (problem !== null) return problem;
  }
  return null;
}

/** As the condition of a flag, which is where rules of segments and ramps end up. */
function ruleProblem(set: FlagSet, who: string, rule: Json): string | null {
  const targeting = { if: [rule, 'on', 'off'] };
  const problem = flagsProblem(set, { [who]: { state: 'ENABLED', variants: { on: true, off: false }, targeting } });
  return problem?.replace('targeting/if/0', 'rule') ?? null;
}

function flagsProblem(set: FlagSet, flags: Readonly<Record<string, FlagDefinition>>): string | null {
  const names = new Set(Object.values(flags).flatMap(({ targeting }) => [...referencesOf(targeting)]));
  const $evaluators = Object.fromEntries([...names].map((name) => [name, segmentRule(name, set.segments)]));
  const findings = checkFlagSet({ flags, $evaluators });
  const problem = findingWords(findings);
  return problem === null ? null : `${findings[0]?.path[1] ?? ''}: ${problem}`;
}
