import type { Asked, FlagDecision } from './decided.ts';
import { decided, refuse, wrong } from './decided.ts';
import { Draft } from './draft.ts';
import type { FlagEvent } from './flag-event.ts';
import type { FlagSet } from './flag-set.ts';
import { meaningProblem } from './meaning-problem.ts';
import { killedProblem, launchProblem, settledRamps } from './ramp-settled.ts';
import { setProblem } from './set-problem.ts';

/** The events, if the set can be left as they make it. */
export function fitting(set: FlagSet, wanted: readonly FlagEvent[], asked: Asked): FlagDecision {
  const events = [...wanted, ...settledRamps(set, wanted)];
  const draft = new Draft(set, asked);
  draft.add(...events);
  const flags = new Set(events.flatMap((event) => (isOfFlag(event) ? [event.flag] : [])));
  const segments = new Set(events.flatMap((event) => (isOfSegment(event) ? [event.segment] : [])));
  const problem = setProblem(draft.set, { flags, segments });
  if (problem !== null) return refuse(problem);
  const underWay = launchProblem(set, wanted) ?? killedProblem(set, wanted);
  if (underWay !== null) return refuse(underWay);
  const meaning = meaningProblem(draft.set, events);
  return meaning === null ? decided(...events) : wrong(meaning);
}

function isOfFlag(event: FlagEvent): event is Extract<FlagEvent, { flag: string }> {
  return 'flag' in event;
}

function isOfSegment(event: FlagEvent): event is Extract<FlagEvent, { segment: string }> {
  return 'segment' in event;
}
