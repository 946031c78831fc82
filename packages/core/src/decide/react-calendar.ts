import type { Opening } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { changingProduction, heedsTheCalendar } from '../program/production-gate.ts';
import { FAILURES } from './failure-words.ts';

const IN_WORDS = {
  en: 'nobody could say what the calendar allows',
  fr: "nul n'a pu dire ce que permet le calendrier",
} as const;

/** What is not known does not open anything. */
export const UNKNOWN: Opening = {
  allowed: false,
  why: [{ kind: 'unknown', reason: IN_WORDS.en, reasons: IN_WORDS }],
  next: null,
  freezeAt: null,
  freeze: null,
};

/** Writes down what the calendar says, whenever that changes and matters: what is in flight and when to look again rest on it. */
export function tellWindow(launch: Launch, opening: Opening): readonly LaunchEvent[] | null {
  if (!heedsTheCalendar(launch) || isSame(launch.window, opening)) return null;
  return [{ type: 'window-changed', opening }];
}

function isSame(one: Opening | null, other: Opening): boolean {
  if (one === null || one.freezeAt !== other.freezeAt) return false;
  if (one.allowed) return other.allowed && one.until === other.until;
  return !other.allowed && one.next === other.next && one.freeze?.from === other.freeze?.from;
}

/** A freeze that began while a step changes production asks a person, once. A step that was let through it by a person has been asked about. */
export function askAboutFreeze(launch: Launch, opening: Opening): readonly LaunchEvent[] | null {
  if (opening.allowed || opening.freeze === null || launch.plan.calendar?.onFreeze !== 'ask') return null;
  const step = changingProduction(launch);
  const { freeze } = opening;
  if (step === null || (launch.freezeAskedAt !== null && freeze.from <= launch.freezeAskedAt)) return null;
  return [
    { type: 'held', cause: { kind: 'freeze', step: step.id, until: freeze.to, ...FAILURES.freeze(freeze.because) } },
  ];
}
