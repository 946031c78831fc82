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
type Defined = Extract<FlagEvent, { type: 'segment-defined' | 'flag-defined' }>;

/** Makes the flags and segments of one origin be exactly those that are given. */
export function applyEvents(set: FlagSet, apply: Apply, asked: Asked): FlagDecision {
  // What is so already was looked at when it was made.
  const defined = [...segmentsDefined(set, apply), ...flagsDefined(set, apply)];
  const problem = originProblem(apply.origin) ?? contentProblem(defined);
  if (problem !== null) return wrong(problem);
  const conflict = takeOverProblem(set, apply) ?? removalsProblem(set, apply);
  if (conflict !== null) return refuse(conflict);
  const events = [...defined, ...removed(set, apply)];
  return events.length === 0 ? NOTHING : fitting(set, events, asked);
}

function originProblem(origin: Origin): string | null {
  if (origin.kind === 'server') return null;
  if (origin.file.trim() !== '' && origin.file.length <= LIMITS.text) return null;
  return `Name the file: 1 to ${LIMITS.text} characters.`;
}

function contentProblem(defined: readonly Defined[]): string | null {
  for (const event of defined) {
    const problem =
      event.type === 'segment-defined'
        ? segmentProblem(event.segment, event.rule)
        : definitionProblem(event.flag, event.definition);
    if (problem !== null) return problem;
  }
  return null;
}

function takeOverProblem(set: FlagSet, { origin, flags, segments }: Apply): string | null {
  const other = (what: string, kept: Origin | undefined): string | null =>
    kept === undefined || sameOrigin(kept, origin)
      ? null
      : `${what} is kept in ${originWords(kept)}: remove it there before it is kept in ${originWords(origin)}.${sameFile(kept)}`;
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

/** A file is known by its name as it was typed: that depends on the folder. */
function sameFile(kept: Origin): string {
  return kept.kind === 'file'
    ? ` If it is the same file, apply it as ${kept.file}, from the folder where that is.`
    : '';
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

function segmentsDefined(set: FlagSet, { origin, segments }: Apply): readonly Defined[] {
  return Object.entries(segments)
    .filter(([name, rule]) => !sameJson(set.segments.get(name)?.rule, rule))
    .map(([segment, rule]) => ({ type: 'segment-defined', segment, rule, origin }));
}

function flagsDefined(set: FlagSet, { origin, flags }: Apply): readonly Defined[] {
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
