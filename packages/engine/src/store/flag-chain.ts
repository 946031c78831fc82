import type { FlagActor, FlagEvent } from '@slipway/flags';
import type { StoredFlagEvent } from '../ports/flag-store.ts';
import { FLAG_EVENT_FORMAT } from './flag-event-format.ts';
import { type ChainCheck, type ChainHead, sealLinks, verifyLinks, type WrittenEvent } from './links.ts';

/** An event of a flag set before it has its place. */
export interface FlagDraft {
  readonly actor: FlagActor;
  readonly event: FlagEvent;
}

/** As sealEvents, for a flag set. */
export function sealFlagEvents(
  set: string,
  head: ChainHead,
  drafts: readonly FlagDraft[],
  at: number,
): readonly StoredFlagEvent[] {
  return sealLinks({ set }, { head, drafts, at, format: FLAG_EVENT_FORMAT });
}

/** As verifyChain, for the events of a flag set that follow from `from`; left out: from the beginning. */
export function verifyFlagChain(set: string, events: readonly WrittenEvent[], from?: ChainHead): ChainCheck {
  return verifyLinks({ set }, events, from);
}
