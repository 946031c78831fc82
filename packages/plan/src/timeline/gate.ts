import { allowedAt } from '../calendar/allowed-at.ts';
import type { Plan } from '../model/plan.ts';
import type { TimelineEntry } from './timeline-entry.ts';

interface Moments {
  /** Epoch ms: when nothing but the calendar is in front of the step, and when it begins. */
  readonly ready: number;
  readonly start: number;
}

/** What the calendar says of a step that becomes ready; nothing where it has no say. */
export function gateOf({ calendar }: Plan, isAsked: boolean, { ready, start }: Moments): Pick<TimelineEntry, 'gate'> {
  if (calendar === undefined || !isAsked) return {};
  const before = allowedAt(calendar, ready);
  const then = allowedAt(calendar, start);
  return {
    gate: {
      ready,
      why: before.allowed ? [] : before.why,
      opens: before.allowed ? ready : before.next,
      closes: then.allowed ? then.until : null,
    },
  };
}
