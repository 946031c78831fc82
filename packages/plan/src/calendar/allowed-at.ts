import type { Calendar, Opening } from '../model/calendar.ts';
import { changesAfter } from './changes-after.ts';
import { closedBecause, freezesAt } from './closed-because.ts';

interface Remembered {
  readonly opening: Opening;
  /** It is the same from the instant that was asked for up to here. */
  readonly from: number;
  readonly to: number;
}

/** Every decision on a launch asks, and the answer stays the same for hours. */
const LAST = new WeakMap<Calendar, Remembered>();

/** Whether a step may begin in production at an instant (epoch ms); until when; or why not, and when next. */
export function allowedAt(calendar: Calendar, instant: number): Opening {
  const last = LAST.get(calendar);
  if (last !== undefined && last.from <= instant && instant < last.to) return last.opening;
  const opening = look(calendar, instant);
  const change = changesAfter(calendar, instant).next();
  LAST.set(calendar, { opening, from: instant, to: change.done === true ? instant + 1 : change.value });
  return opening;
}

function look(calendar: Calendar, instant: number): Opening {
  if (calendar.urgency === 'hotfix-p1') return { allowed: true, until: null, freezeAt: null };
  const why = closedBecause(calendar, instant);
  const freezeAt = calendar.freezes.find(({ from }) => from > instant)?.from ?? null;
  if (why.length === 0) return { allowed: true, until: nextChange(calendar, instant, 'closed'), freezeAt };
  const freeze = freezesAt(calendar, instant).at(-1) ?? null;
  return { allowed: false, why, next: nextChange(calendar, instant, 'open'), freezeAt, freeze };
}

/** The instant itself where it is allowed, else when it opens; null: not within a year. Epoch ms. */
export function nextOpening(calendar: Calendar, instant: number): number | null {
  const opening = allowedAt(calendar, instant);
  return opening.allowed ? instant : opening.next;
}

function nextChange(calendar: Calendar, instant: number, to: 'open' | 'closed'): number | null {
  for (const at of changesAfter(calendar, instant)) {
    const isOpen = closedBecause(calendar, at).length === 0;
    if (isOpen === (to === 'open')) return at;
  }
  return null;
}
