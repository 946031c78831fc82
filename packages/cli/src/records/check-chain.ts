import { hash as digest } from 'node:crypto';
import type { StoredEvent } from '@slipway/contract';
import type { Messages } from '../messages/messages.ts';

/** Stands where the first event has no event before it. */
const GENESIS = '0'.repeat(64);

/**
 * Why events are not the whole beginning of a launch's log, unchanged and in order; null: they are. Written from the wire's description
 * of the hash alone, so that a record is verified without the program that wrote it. A cut end it cannot see.
 */
export function chainProblem(
  { launch, events }: { readonly launch: string; readonly events: readonly StoredEvent[] },
  { reports }: Messages,
): string | null {
  const words = reports.problems;
  if (events.length === 0) return words.noEvents;
  let previous = GENESIS;
  for (const [index, event] of events.entries()) {
    const seq = index + 1;
    if (event.seq !== seq) return words.outOfOrder(seq, launch, event.seq);
    if (event.previous !== previous) return words.unlinked(seq, launch);
    if (event.hash !== hashOf(launch, event)) return words.rewritten(seq, launch);
    previous = event.hash;
  }
  return null;
}

/** SHA-256 over {launch, seq, at, actor, event, previous} as canonical JSON (RFC 8785); null: it holds what that cannot. */
function hashOf(launch: string, { seq, at, actor, event, previous }: StoredEvent): string | null {
  try {
    return digest('sha256', canonical({ launch, seq, at, actor, event, previous }), 'hex');
  } catch {
    return null;
  }
}

/** Of a value that came from JSON. Throws TypeError on infinity, which 1e999 is read as, and RangeError on endless depth. */
function canonical(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('no JSON number');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  let text = '';
  // Sorted by UTF-16 code units, as `sort` does by itself.
  for (const key of Object.keys(fields).sort())
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(fields[key])}`;
  return `{${text}}`;
}
