import { rampProblem } from './audience.ts';
import type { Asked, FlagDecision } from './decided.ts';
import { NOTHING, noFlag, refuse, short, wrong } from './decided.ts';
import { definitionProblem } from './definition-problem.ts';
import { fitting } from './fitting.ts';
import type { FlagRecord, Scheduled } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { LIMITS } from './limits.ts';
import { fileProblem } from './origin.ts';
import { idProblem, reasonProblem } from './wrong-words.ts';

type Asking = Omit<Scheduled, 'by'>;

/** The last millisecond that a date may name. */
const LAST = 8.64e15;

export function scheduleEvents(set: FlagSet, scheduled: readonly Asking[], asked: Asked): FlagDecision {
  if (scheduled.length === 0) return wrong('Name at least one change to schedule.');
  if (set.scheduled.length + scheduled.length > LIMITS.scheduled) {
    return refuse(`A flag set holds at most ${LIMITS.scheduled} scheduled changes: cancel some first.`);
  }
  const taken = new Set(set.scheduled.map(({ id }) => id));
  for (const each of scheduled) {
    const problem = idProblem(each.id) ?? timeProblem(each.at, asked.now);
    if (problem !== null) return wrong(problem);
    if (taken.has(each.id)) return wrong(`The id ${short(each.id)} is taken: give each scheduled change its own.`);
    taken.add(each.id);
    const verdict = possible(set, each, scheduled);
    if (!verdict.ok) return verdict;
  }
  const events = scheduled.map((each) => ({ type: 'change-scheduled', scheduled: each }) as const);
  return fitting(set, events, asked);
}

function timeProblem(at: number, now: number): string | null {
  if (!Number.isInteger(at) || at > LAST) return 'Give the time in whole milliseconds since 1970.';
  return at > now ? null : 'The time has passed already: give one that is to come.';
}

/** Whether it can be expected to fit in its time; whether it does is decided then. */
function possible(set: FlagSet, { flag, change }: Asking, all: readonly Asking[]): FlagDecision {
  const record = set.flags.get(flag);
  if (change.kind === 'define') {
    const kept = record === undefined ? null : fileProblem(`Flag ${flag}`, record.origin);
    if (kept !== null) return refuse(kept);
    const problem = definitionProblem(flag, change.definition);
    return problem === null ? NOTHING : wrong(problem);
  }
  const variants = expectedVariants(record, flag, [...set.scheduled, ...all]);
  if (variants === null) return noFlag(flag);
  if (change.kind === 'end-ramp') return NOTHING;
  if (change.kind === 'kill') {
    const problem = reasonProblem(change.reason);
    return problem === null ? NOTHING : wrong(problem);
  }
  const problem = rampProblem(set, change.ramp);
  if (problem !== null) return wrong(problem);
  if (variants.has(change.ramp.variant)) return NOTHING;
  return refuse(`Flag ${flag} has no variant ${short(change.ramp.variant)}: define it first.`);
}

/** Variants that a flag has or is scheduled to have; null: there is no such flag, nor will there be. */
function expectedVariants(
  record: FlagRecord | undefined,
  flag: string,
  all: readonly Asking[],
): ReadonlySet<string> | null {
  const coming = all.flatMap((each) => {
    return each.flag === flag && each.change.kind === 'define' ? [each.change.definition] : [];
  });
  const definitions = record === undefined ? coming : [record.definition, ...coming];
  return definitions.length === 0 ? null : new Set(definitions.flatMap(({ variants }) => Object.keys(variants ?? {})));
}
