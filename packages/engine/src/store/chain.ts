import { hash as digest } from 'node:crypto';
import type { Draft } from '@slipway/core';
import { canonicalJson } from '@slipway/plan';
import type { StoredEvent } from '../ports/launch-store.ts';
import { EVENT_FORMAT } from './event-format.ts';

/** Stands where the first event has no event before it. */
export const GENESIS = '0'.repeat(64);

/** The newest event of a chain; seq 0: there is none yet. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** An event as it was written, before upcasting: what its hash covers. */
export interface WrittenEvent {
  readonly seq: number;
  readonly at: number;
  readonly actor: unknown;
  readonly event: unknown;
  readonly previous: string;
  readonly hash: string;
}

export type ChainCheck =
  | { readonly ok: true; readonly head: ChainHead }
  /** `seq`: the first place that is wrong. `head`: the last event in front of it. `problem`: one line. */
  | { readonly ok: false; readonly head: ChainHead; readonly seq: number; readonly problem: string };

/** Gives drafts their places behind `head`, each bound to the one before by its hash. `at`: epoch ms. Any hash goes with seq 0. */
export function sealEvents(
  launch: string,
  head: ChainHead,
  drafts: readonly Draft[],
  at: number,
): readonly StoredEvent[] {
  let previous = head.seq === 0 ? GENESIS : head.hash;
  return drafts.map(({ actor, event }, index) => {
    const seq = head.seq + 1 + index;
    const hash = hashEvent(launch, { seq, at, actor, event: EVENT_FORMAT.write(event), previous });
    const sealed: StoredEvent = { seq, at, actor, event, previous, hash };
    previous = hash;
    return sealed;
  });
}

/**
 * Checks that the events are the whole beginning of the launch's log, unchanged and in order. It cannot see that the newest
 * events were cut off, or that all hashes were made anew: compare the head with what was seen elsewhere.
 */
export function verifyChain(launch: string, events: readonly WrittenEvent[]): ChainCheck {
  let head: ChainHead = { seq: 0, hash: GENESIS };
  for (const event of events) {
    const problem = linkProblem(launch, head, event);
    if (problem !== null)
      return { ok: false, head, seq: head.seq + 1, problem: `Event ${head.seq + 1} of ${launch} ${problem}.` };
    head = { seq: event.seq, hash: event.hash };
  }
  return { ok: true, head };
}

function linkProblem(launch: string, head: ChainHead, event: WrittenEvent): string | null {
  if (event.seq !== head.seq + 1) return `is missing or out of order: event ${event.seq} stands in its place`;
  if (event.previous !== head.hash) return 'does not follow from the event before it';
  if (!hashFits(launch, event)) return 'is not as it was written: its hash does not fit';
  return null;
}

function hashFits(launch: string, event: WrittenEvent): boolean {
  try {
    return event.hash === hashEvent(launch, event);
  } catch {
    // It holds what canonical JSON cannot, so it was never written: 1e999 parses as infinity.
    return false;
  }
}

/** SHA-256 over the event as canonical JSON (RFC 8785), in lower-case hexadecimal. */
function hashEvent(launch: string, { seq, at, actor, event, previous }: Omit<WrittenEvent, 'hash'>): string {
  return digest('sha256', canonicalJson({ launch, seq, at, actor, event, previous }), 'hex');
}
