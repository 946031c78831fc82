import { effectPlace, type Recorded } from '@slipway/core';
import type { Flown } from '../run/flown.ts';

/** The last word of the log is the end that the state says, and after an end nothing is done but telling of it. */
export function legalEnd({ end, log }: Flown): string | null {
  let ending: string | null = null;
  for (const { event, seq } of log) {
    if (event.type === 'launch-ended') ending = event.as;
    else if (event.type === 'way-back-retried') ending = null;
    else if (ending !== null && ending !== 'rollback-incomplete' && !isTelling(event))
      return `event ${seq}, ${event.type}, comes after it ended as ${ending}`;
  }
  if (end === 'held' || end === 'stuck') return ending === null ? null : `it is ${end} after it ended as ${ending}`;
  return ending === end ? null : `it is ${end}, and the log says ${ending ?? 'nothing'} of an end`;
}

/** Messages leave after the end, and what was under way at the end comes to its own. */
function isTelling(event: Recorded['event']): boolean {
  if (event.type === 'effect-started') return effectPlace(event.effect).of === 'notice';
  return event.type === 'notice-queued' || event.type === 'effect-settled' || event.type === 'effect-noted';
}

/** What the store gives back is what was appended: every event, in order, each bound to the one before. */
export function wholeRecord({ log, stored }: Flown): string | null {
  if (stored.length !== log.length) return `${log.length} events were appended, and ${stored.length} are kept`;
  for (const [index, { seq, hash, previous }] of stored.entries()) {
    if (seq !== index + 1) return `event ${seq} stands where event ${index + 1} should`;
    if (hash !== log[index]?.hash) return `event ${seq} is not kept as it was appended`;
    if (index > 0 && previous !== stored[index - 1]?.hash) return `event ${seq} does not follow from the one before`;
  }
  return null;
}
