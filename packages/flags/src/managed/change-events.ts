import { applyEvents } from './apply-events.ts';
import type { Asked, FlagDecision } from './decided.ts';
import { decided, needsPerson, NOTHING, noFlag, wrong } from './decided.ts';
import { defineEvents, defineSegmentEvents, removeEvents, removeSegmentEvents } from './define-events.ts';
import type { FlagChange } from './flag-command.ts';
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
      return endRampEvents(set, change.flag);
    case 'unkill':
      return unkillEvents(set, change, asked);
    case 'schedule':
      return scheduleEvents(set, change.scheduled, asked);
  }
}

/** A ramp that was under way when the flag was killed ends with it: nobody shall find the feature back by lifting a kill. */
function unkillEvents(set: FlagSet, change: Extract<FlagChange, { kind: 'unkill' }>, { actor }: Asked): FlagDecision {
  const { flag, reason } = change;
  if (actor.kind !== 'person') return needsPerson('Only a person may lift a kill.');
  const record = set.flags.get(flag);
  if (record === undefined) return noFlag(flag);
  const problem = reasonProblem(reason);
  if (problem !== null) return wrong(problem);
  if (record.kill === null) return NOTHING;
  const lifted = { type: 'flag-unkilled', flag, reason } as const;
  return record.ramp === null ? decided(lifted) : decided({ type: 'ramp-ended', flag }, lifted);
}
