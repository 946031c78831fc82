import { createHash } from 'node:crypto';
import type { Basis, Draft } from '@slipway/core';
import { canonicalJson } from '@slipway/plan';
import type { StoredEvent } from '../ports/launch-store.ts';

/** The hash in front of the first event. */
export const GENESIS = '0'.repeat(64);

/** Gives drafts their place behind `head` (seq 0: a new launch): each hash covers the one before, so nothing can be changed unseen. */
export function sealEvents(launch: string, head: Basis, drafts: readonly Draft[], at: number): readonly StoredEvent[] {
  const sealed: StoredEvent[] = [];
  let previous = head.seq === 0 ? GENESIS : head.hash;
  for (const [index, { actor, event }] of drafts.entries()) {
    const stored = { seq: head.seq + index + 1, at, actor, event, previous };
    const hash = hashOf(launch, stored);
    sealed.push({ ...stored, hash });
    previous = hash;
  }
  return sealed;
}

export interface ChainReport {
  readonly ok: boolean;
  /** Hash of the last event that fits. */
  readonly head: string;
  /** What is wrong and where; null: nothing. */
  readonly problem: string | null;
}

/** Whether events are complete from the first, in order and unchanged. A cut end can only be seen by comparing the head. */
export function verifyChain(launch: string, events: readonly StoredEvent[]): ChainReport {
  let head = GENESIS;
  for (const [index, event] of events.entries()) {
    const wrong = problemOf(launch, event, { seq: index + 1, previous: head });
    if (wrong !== null) return { ok: false, head, problem: wrong };
    head = event.hash;
  }
  if (events.length === 0) return { ok: false, head, problem: 'there are no events' };
  return { ok: true, head, problem: null };
}

function problemOf(
  launch: string,
  event: StoredEvent,
  expected: { readonly seq: number; readonly previous: string },
): string | null {
  if (event.seq !== expected.seq) return `event ${expected.seq} is missing: event ${event.seq} stands in its place`;
  if (event.previous !== expected.previous) return `event ${event.seq} does not follow the one before it`;
  return event.hash === hashOf(launch, event) ? null : `event ${event.seq} was changed after it was recorded`;
}

function hashOf(launch: string, stored: Omit<StoredEvent, 'hash'>): string {
  const { seq, at, actor, event, previous } = stored;
  return createHash('sha256').update(canonicalJson({ launch, seq, at, actor, event, previous })).digest('hex');
}
