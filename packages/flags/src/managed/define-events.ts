import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Json } from '../json.ts';
import type { Asked, FlagDecision } from './decided.ts';
import { NOTHING, noFlag, notFound, refuse, short, wrong } from './decided.ts';
import { definitionProblem, segmentProblem } from './definition-problem.ts';
import { fitting } from './fitting.ts';
import type { FlagEvent } from './flag-event.ts';
import type { FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { fileProblem } from './origin.ts';
import { dependentsOf } from './requirement-problem.ts';
import { sameJson } from './same-json.ts';

const SERVER = { kind: 'server' } as const;

interface FlagAsked {
  readonly flag: string;
  readonly definition: FlagDefinition;
}

interface SegmentAsked {
  readonly segment: string;
  readonly rule: Json;
}

export function defineEvents(set: FlagSet, { flag, definition }: FlagAsked, asked: Asked): FlagDecision {
  const before = set.flags.get(flag);
  const kept = before === undefined ? null : fileProblem(`Flag ${flag}`, before.origin);
  if (kept !== null) return refuse(kept);
  const problem = definitionProblem(flag, definition);
  if (problem !== null) return wrong(problem);
  if (before !== undefined && sameJson(before.definition, definition)) return NOTHING;
  const event = { type: 'flag-defined', flag, definition, origin: SERVER } as const;
  return fitting(set, [event], asked);
}

export function removeEvents(set: FlagSet, flag: string, asked: Asked): FlagDecision {
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  const problem = fileProblem(`Flag ${flag}`, record.origin) ?? removalProblem(record);
  if (problem !== null) return refuse(problem);
  const [dependent] = dependentsOf(set, flag);
  if (dependent !== undefined)
    return refuse(`Flag ${dependent} requires ${flag}: change or remove ${dependent} first.`);
  return fitting(set, removal(set, flag), asked);
}

export function defineSegmentEvents(set: FlagSet, { segment, rule }: SegmentAsked, asked: Asked): FlagDecision {
  const before = set.segments.get(segment);
  const kept = before === undefined ? null : fileProblem(`Segment ${segment}`, before.origin);
  if (kept !== null) return refuse(kept);
  const problem = segmentProblem(segment, rule);
  if (problem !== null) return wrong(problem);
  if (before !== undefined && sameJson(before.rule, rule)) return NOTHING;
  return fitting(set, [{ type: 'segment-defined', segment, rule, origin: SERVER }], asked);
}

export function removeSegmentEvents(set: FlagSet, segment: string, asked: Asked): FlagDecision {
  const record = set.segments.get(segment);
  if (record === undefined) return notFound(`There is no segment ${short(segment)} in this set.`);
  const kept = fileProblem(`Segment ${segment}`, record.origin);
  if (kept !== null) return refuse(kept);
  return fitting(set, [{ type: 'segment-removed', segment }], asked);
}

/** Why a flag must not go; null: nothing of it is under way. */
export function removalProblem({ key, ramp }: FlagRecord): string | null {
  if (ramp === null || ramp.launch === null) return null;
  return `Flag ${key} ramps for launch ${ramp.launch.id}: end the ramp first.`;
}

/** A flag goes with all that is scheduled for it: one that is defined later under its key must not inherit that. */
export function removal(set: FlagSet, flag: string): readonly FlagEvent[] {
  const reason = `Flag ${flag} was removed.`;
  const scheduled = set.scheduled.filter((each) => each.flag === flag);
  return [
    { type: 'flag-removed', flag },
    ...scheduled.map(({ id }) => ({ type: 'schedule-cancelled', id, reason }) as const),
  ];
}
