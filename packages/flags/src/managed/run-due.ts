import type { Asked, FlagDecision } from './decided.ts';
import { decided } from './decided.ts';
import { Draft } from './draft.ts';
import type { FlagSet } from './flag-set.ts';
import { defineEvents } from './define-events.ts';
import type { Scheduled } from './flag-record.ts';
import { killEvents } from './kill-events.ts';
import { LIMITS } from './limits.ts';
import { endRampEvents, rampEvents } from './ramp-events.ts';

/** Makes what has come due, earliest first, at most `LIMITS.dueAtOnce` (ask again for the others); what no longer fits is cancelled with the reason. */
export function runDue(set: FlagSet, asked: Asked): FlagDecision {
  const all = set.scheduled.filter(({ at }) => at <= asked.now).toSorted((a, b) => a.at - b.at);
  const due = all.slice(0, LIMITS.dueAtOnce);
  const draft = new Draft(set, asked);
  for (const each of due) {
    // A flag that was removed meanwhile takes what is scheduled for it along.
    if (!draft.set.scheduled.some(({ id }) => id === each.id)) continue;
    const decision = dueEvents(draft.set, each, asked);
    if (decision.ok) draft.add({ type: 'schedule-done', id: each.id }, ...decision.events);
    else draft.add({ type: 'schedule-cancelled', id: each.id, reason: decision.rejection.message });
  }
  return decided(...draft.events);
}

/** What a scheduled change comes to if it is made now. */
function dueEvents(set: FlagSet, { flag, change }: Scheduled, asked: Asked): FlagDecision {
  switch (change.kind) {
    case 'ramp':
      return rampEvents(set, { flag, ramp: change.ramp }, asked);
    case 'end-ramp':
      return endRampEvents(set, flag);
    case 'kill':
      return killEvents(set, { flag, reason: change.reason, launch: null });
    case 'define':
      return defineEvents(set, { flag, definition: change.definition }, asked);
  }
}
