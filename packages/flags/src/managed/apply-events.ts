import type { Asked, FlagDecision } from './decided.ts';
import { NOTHING, refuse, wrong } from './decided.ts';
import { removal, removalProblem } from './define-events.ts';
import { definitionProblem, segmentProblem } from './definition-problem.ts';
import { fitting } from './fitting.ts';
import type { FlagChange } from './flag-command.ts';
import type { FlagEvent } from './flag-event.ts';
import type { FlagRecord, Origin } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { LIMITS } from './limits.ts';
import { originWords, sameOrigin } from './origin.ts';
import { sameJson } from './same-json.ts';

type Apply = Extract<FlagChange, { kind: 'apply' }>;

/** Makes the flags and segments of one origin be exactly those that are given. */
export function applyEvents(set: FlagSet, apply: Apply, asked: Asked): FlagDecision {
  const problem = originProblem(apply.origin) ?? contentProblem(apply);
  if (problem !== null) return wrong(problem);
  const conflict = takeOverProblem(set, apply) ?? removalsProblem(set, apply);
  if (conflict !== null) return refuse(conflict);
  const events = [...segmentsDefined(set, apply), ...flagsDefined(set, apply), ...removed(set, apply)];
  return events.length === 0 ? NOTHING : fitting(set, events, asked);
}

function originProblem(origin: Origin): string | null {
  if (origin.kind === 'server') return null;
  if (origin.file.trim() !== '' && origin.file.length <= LIMITS.text) return null;
  return `Name the file: 1 to ${LIMITS.text} characters.`;
}

function contentProblem({ flags, segments }: Apply): string | null {
  for (const [name, rule] of Object.entries(segments)) {
    const problem = segmentProblem(name, rule);
    if (problem !== null) return problem;
  }
  for (const [key, definition] of Object.entries(flags)) {
    const problem = definitionProblem(key, definition);
    if (problem !== null) return problem;
  }
  return null;
}

function takeOverProblem(set: FlagSet, { origin, flags, segments }: Apply): string | null {
  const other = (what: string, kept: Origin | undefined): string | null =>
    kept === undefined || sameOrigin(kept, origin)
      ? null
      : `${what} is kept in ${originWords(kept)}: remove it there before it is kept in ${originWords(origin)}.`;
  for (const key of Object.keys(flags)) {
    const problem = other(`Flag ${key}`, set.flags.get(key)?.origin);
    if (problem !== null) return problem;
  }
  for (const name of Object.keys(segments)) {
    const problem = other(`Segment ${name}`, set.segments.get(name)?.origin);
    if (problem !== null) return problem;
  }
  return null;
}

function removalsProblem(set: FlagSet, apply: Apply): string | null {
  for (const record of missingFlags(set, apply)) {
    const problem = removalProblem(record);
    if (problem !== null) return problem;
  }
  return null;
}

function missingFlags(set: FlagSet, { origin, flags }: Apply): readonly FlagRecord[] {
  return [...set.flags.values()].filter((each) => sameOrigin(each.origin, origin) && !Object.hasOwn(flags, each.key));
}

function segmentsDefined(set: FlagSet, { origin, segments }: Apply): readonly FlagEvent[] {
  return Object.entries(segments)
    .filter(([name, rule]) => !sameJson(set.segments.get(name)?.rule, rule))
    .map(([segment, rule]) => ({ type: 'segment-defined', segment, rule, origin }));
}

function flagsDefined(set: FlagSet, { origin, flags }: Apply): readonly FlagEvent[] {
  return Object.entries(flags)
    .filter(([key, definition]) => !sameJson(set.flags.get(key)?.definition, definition))
    .map(([flag, definition]) => ({ type: 'flag-defined', flag, definition, origin }));
}

function removed(set: FlagSet, apply: Apply): readonly FlagEvent[] {
  const flags = missingFlags(set, apply).flatMap(({ key }) => removal(set, key));
  const segments = [...set.segments.values()]
    .filter(({ name, origin }) => sameOrigin(origin, apply.origin) && !Object.hasOwn(apply.segments, name))
    .map(({ name }) => ({ type: 'segment-removed', segment: name }) as const);
  return [...flags, ...segments];
}
