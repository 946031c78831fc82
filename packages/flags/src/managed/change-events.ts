import { applyEvents } from './apply-events.ts';
import type { Asked, FlagDecision } from './decided.ts';
import { decided, needsPerson, NOTHING, noFlag, wrong } from './decided.ts';
import { defineEvents, defineSegmentEvents, removeEvents, removeSegmentEvents } from './define-events.ts';
import type { FlagChange } from './flag-command.ts';
import type { FlagEvent } from './flag-event.ts';
import type { ScheduledChange } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { endRampEvents, rampEvents } from './ramp-events.ts';
import { scheduleEvents } from './schedule-events.ts';
import { reasonProblem } from './wrong-words.ts';

/** What a change comes to if it is made now. It knows nothing of approvals. */
export function changeEvents(set: FlagSet, change: FlagChange, asked: Asked): FlagDecision {
  switch (change.kind) {
    case 'apply':
      return applyEvents(set, change, asked);
    case 'define':
      return defineEvents(set, change, asked);
    case 'remove':
      return removeEvents(set, change.flag, asked);
    case 'define-segment':
      return defineSegmentEvents(set, change, asked);
    case 'remove-segment':
      return removeSegmentEvents(set, change.segment, asked);
    case 'ramp':
      return rampEvents(set, change, asked);
    case 'end-ramp':
      return endedByPerson(set, change.flag);
    case 'unkill':
      return unkillEvents(set, change, asked);
    case 'schedule':
      return scheduleEvents(set, change.scheduled, asked);
  }
}

/** A ramp that was under way when the flag was killed ends with it, and what was scheduled to go on with it: nobody shall find the feature back by lifting a kill. */
function unkillEvents(set: FlagSet, change: Extract<FlagChange, { kind: 'unkill' }>, { actor }: Asked): FlagDecision {
  const { flag, reason } = change;
  if (actor.kind !== 'person') return needsPerson('Only a person may lift a kill.');
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  const problem = reasonProblem(reason);
  if (problem !== null) return wrong(problem);
  if (record.kill === null) return NOTHING;
  const lifted = { type: 'flag-unkilled', flag, reason } as const;
  const ended = record.ramp === null ? [] : [{ type: 'ramp-ended', flag } as const];
  const kinds = ['ramp', 'define'] as const;
  return decided(...ended, ...calledOff(set, { flag, kinds, reason: `Flag ${flag} was killed meanwhile.` }), lifted);
}

/** What was to come of the ramp ends with it: the next share would bring everybody back whom it had, and more. */
function endedByPerson(set: FlagSet, flag: string): FlagDecision {
  const ended = endRampEvents(set, flag);
  if (!ended.ok || ended.events.length === 0) return ended;
  const reason = `The ramp of flag ${flag} was ended.`;
  return decided(...ended.events, ...calledOff(set, { flag, kinds: ['ramp'], reason }));
}

interface CalledOff {
  readonly flag: string;
  readonly kinds: readonly ScheduledChange['kind'][];
  readonly reason: string;
}

function calledOff(set: FlagSet, { flag, kinds, reason }: CalledOff): readonly FlagEvent[] {
  return set.scheduled
    .filter((each) => each.flag === flag && kinds.includes(each.change.kind))
    .map(({ id }) => ({ type: 'schedule-cancelled', id, reason }) as const);
}
