import { hash as digest } from 'node:crypto';
import { canonicalJson } from '@slipway/plan';
import type { AnyEvent, EventFormat } from './event-format.ts';

/** Stands where the first event has no event before it. */
export const GENESIS = '0'.repeat(64);

/** Whose log it is: hashed with each event, so that none passes for one of another log. */
export type LogOf = { readonly launch: string } | { readonly set: string };

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

const START: ChainHead = { seq: 0, hash: GENESIS };

interface Sealing<A, E extends AnyEvent> {
  readonly head: ChainHead;
  readonly drafts: readonly { readonly actor: A; readonly event: E }[];
  /** Epoch ms. */
  readonly at: number;
  readonly format: EventFormat<E>;
}

/** Gives drafts their places behind `head`, each bound to the one before by its hash. Any hash goes with seq 0. */
export function sealLinks<A, E extends AnyEvent>(
  log: LogOf,
  { head, drafts, at, format }: Sealing<A, E>,
): readonly (WrittenEvent & { readonly actor: A; readonly event: E })[] {
  let previous = head.seq === 0 ? GENESIS : head.hash;
  return drafts.map(({ actor, event }, index) => {
    const seq = head.seq + 1 + index;
    const hash = hashEvent(log, { seq, at, actor, event: format.write(event), previous });
    const sealed = { seq, at, actor, event, previous, hash };
    previous = hash;
    return sealed;
  });
}

/** Checks that the events follow from `from`, by default the beginning, unchanged and in order. */
export function verifyLinks(log: LogOf, events: readonly WrittenEvent[], from: ChainHead = START): ChainCheck {
  let head = from;
  for (const event of events) {
    const problem = linkProblem(log, head, event);
    if (problem !== null)
      return { ok: false, head, seq: head.seq + 1, problem: `Event ${head.seq + 1} of ${nameOf(log)} ${problem}.` };
    head = { seq: event.seq, hash: event.hash };
  }
  return { ok: true, head };
}

function linkProblem(log: LogOf, head: ChainHead, event: WrittenEvent): string | null {
  if (event.seq !== head.seq + 1) return `is missing or out of order: event ${event.seq} stands in its place`;
  if (event.previous !== head.hash) return 'does not follow from the event before it';
  if (!hashFits(log, event)) return 'is not as it was written: its hash does not fit';
  return null;
}

function hashFits(log: LogOf, event: WrittenEvent): boolean {
  try {
    return event.hash === hashEvent(log, event);
  } catch {
    // It holds what canonical JSON cannot, so it was never written: 1e999 parses as infinity.
    return false;
  }
}

/** SHA-256 over the event as canonical JSON (RFC 8785), in lower-case hexadecimal. */
function hashEvent(log: LogOf, { seq, at, actor, event, previous }: Omit<WrittenEvent, 'hash'>): string {
  return digest('sha256', canonicalJson({ ...log, seq, at, actor, event, previous }), 'hex');
}

/** As messages say it. */
export function nameOf(log: LogOf): string {
  return 'launch' in log ? log.launch : `flag set ${log.set}`;
}
