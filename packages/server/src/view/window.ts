import type { LaunchView } from '@slipway/contract';
import { heedsTheCalendar, heldAtTheGate, type Launch, waitsAtTheGate } from '@slipway/core';
import { formatLocalTime } from '@slipway/plan';
import type { Words } from './words/words.ts';

/** What the calendar was last known to say, while that matters. */
export function windowOf(launch: Launch, words: Words): Pick<LaunchView, 'window'> {
  const { window, mode } = launch;
  const goesOn = mode.is === 'running' || mode.is === 'held';
  if (window === null || !goesOn || !heedsTheCalendar(launch)) return {};
  if (window.allowed) return { window: { allowed: true, change: window.until, why: [] } };
  return { window: { allowed: false, change: window.next, why: window.why.map(words.because) } };
}

/** Why a step waits for the calendar, and until when; null: it does not. */
export function gateText(launch: Launch, id: string, { steps, because }: Words): string | null {
  const { window, plan } = launch;
  if (window === null || window.allowed) return null;
  const waits = heldAtTheGate(launch).some((step) => step.id === id) || isAtGate(launch, id);
  if (!waits) return null;
  const opens = window.next === null ? steps.neverOpens : steps.opens(formatLocalTime(window.next, plan.zone));
  return steps.waitsForWindow(window.why.map(because).join('; '), opens);
}

/** A step under way that came to its first change too late; what is closed now is so at any time that the launch knows of. */
export function isAtGate(launch: Launch, id: string): boolean {
  return launch.steps[id]?.is === 'active' && waitsAtTheGate(launch, id, Number.MAX_SAFE_INTEGER);
}
