import type { Draft } from '@slipway/core';
import type { StoredEvent } from '../ports/launch-store.ts';
import { EVENT_FORMAT } from './event-format.ts';
import { type ChainCheck, type ChainHead, sealLinks, verifyLinks, type WrittenEvent } from './links.ts';

/** Gives drafts their places behind `head`, each bound to the one before by its hash. `at`: epoch ms. Any hash goes with seq 0. */
export function sealEvents(
  launch: string,
  head: ChainHead,
  drafts: readonly Draft[],
  at: number,
): readonly StoredEvent[] {
  return sealLinks({ launch }, { head, drafts, at, format: EVENT_FORMAT });
}

/**
 * Checks that the events are the whole beginning of the launch's log, unchanged and in order. It cannot see that the newest
 * events were cut off, or that all hashes were made anew: compare the head with what was seen elsewhere.
 */
export function verifyChain(launch: string, events: readonly WrittenEvent[]): ChainCheck {
  return verifyLinks({ launch }, events);
}
