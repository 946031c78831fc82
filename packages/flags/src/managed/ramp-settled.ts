import type { FlagDefinition } from '../definition/flag-definition.ts';
import { audienceRule, groupRule } from './audience-rule.ts';
import type { FlagEvent } from './flag-event.ts';
import type { FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { keptAbout } from './kept-about.ts';
import { sameJson } from './same-json.ts';
import { segmentsUsed } from './segment-rules.ts';

/** Why what a launch ramps must not change under it; null: nothing of it does. It was judged with what was there when it began. */
export function launchProblem(set: FlagSet, events: readonly FlagEvent[]): string | null {
  for (const event of events) {
    const flag = touched(set, event);
    if (flag === null) continue;
    const { key, ramp } = flag;
    return `Flag ${key} ramps for launch ${ramp?.launch?.id ?? ''}, which rests on that: wait for its end, or end the ramp first.`;
  }
  return null;
}

/** Why what a killed flag serves must not change; null: it does not. Otherwise a new definition would do what only a person's word may. */
export function killedProblem(set: FlagSet, events: readonly FlagEvent[]): string | null {
  for (const event of events) {
    const before = event.type === 'flag-defined' ? set.flags.get(event.flag) : undefined;
    if (event.type !== 'flag-defined' || before === undefined || before.kill === null) continue;
    const { off } = before.about;
    const isKept = keptAbout(event.flag, event.definition).off === off;
    if (isKept && sameJson(before.definition.variants[off], event.definition.variants[off])) continue;
    return `Flag ${event.flag} is killed and serves ${off}: keep that variant as it is, and as "off", until the kill is lifted.`;
  }
  return null;
}

/** Ends of ramps that have come to be what the definition says to everybody: nobody gets anything else by them. */
export function settledRamps(set: FlagSet, events: readonly FlagEvent[]): readonly FlagEvent[] {
  return events.flatMap((event): readonly FlagEvent[] => {
    if (event.type !== 'flag-defined') return [];
    const ramp = set.flags.get(event.flag)?.ramp ?? null;
    const isSettled = ramp !== null && servesAll(event.definition, ramp.variant);
    return isSettled ? [{ type: 'ramp-ended', flag: event.flag }] : [];
  });
}

/** The flag whose ramp for a launch is under way and would not be what it was. */
function touched(set: FlagSet, event: FlagEvent): FlagRecord | null {
  if (event.type === 'flag-defined') {
    const record = set.flags.get(event.flag);
    if (record === undefined || !isUnderWay(record)) return null;
    const before = servedPart(record.key, record.definition);
    return sameJson(before, servedPart(event.flag, event.definition)) ? null : record;
  }
  if (event.type !== 'segment-defined' && event.type !== 'segment-removed') return null;
  const uses = ({ definition, ramp }: FlagRecord): boolean => {
    const rules = [definition.targeting ?? null, ...(ramp?.audience ?? []).map(groupRule)];
    return segmentsUsed(rules, set.segments).has(event.segment);
  };
  return [...set.flags.values()].find((each) => isUnderWay(each) && uses(each)) ?? null;
}

/** One that reaches everybody is at its end, whether or not the launch is. */
function isUnderWay({ ramp, kill }: FlagRecord): boolean {
  return kill === null && ramp !== null && ramp.launch !== null && audienceRule(ramp) !== true;
}

function servedPart(key: string, definition: FlagDefinition) {
  const { state, variants, defaultVariant = null, targeting = null } = definition;
  const { off, requires } = keptAbout(key, definition);
  return { state, variants, defaultVariant, targeting, off, requires };
}

function servesAll({ state, defaultVariant, targeting }: FlagDefinition, variant: string): boolean {
  const isPlain = targeting === undefined || targeting === null || Object.keys(targeting).length === 0;
  return state === 'ENABLED' && defaultVariant === variant && isPlain;
}
