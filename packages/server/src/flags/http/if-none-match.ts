import { hash as digest } from 'node:crypto';
import type { RingKey } from '../keys/key-ring.ts';
import { isCurrent } from '../stream/stream-token.ts';

/** Of one answer to one key. */
export interface Tagged {
  /** Of what was evaluated. */
  readonly hash: string;
  /** See markOf. */
  readonly mark: string;
}

const marks = new WeakMap<RingKey, string>();

/** Tells keys apart, on every server in the same way, and says nothing of what opens them. */
export function markOf(key: RingKey): string {
  const mark = marks.get(key) ?? digest('sha256', key.id, 'hex').slice(0, 8);
  marks.set(key, mark);
  return mark;
}

/**
 * Names what was evaluated, and the window and the key of the stream's token that went with it: a client that is told "not modified"
 * keeps the address of its stream, and with a token that opens nothing any more it would ask again and again.
 */
export function etagOf({ hash, mark }: Tagged, window: number): string {
  return `"${hash}.${window.toString(36)}.${mark}"`;
}

const TAGS = /(?:W\/)?"([^".]*)\.([0-9a-z]{1,10})\.([0-9a-f]{8})"/g;

/** The tag that the client has, if it is as good as a fresh answer: the same evaluation, and a token that still opens. */
export function matching(header: string, { hash, mark }: Tagged, now: number): string | null {
  if (header.trim() === '*') return '*';
  for (const [tag = '', evaluated, window = '', of] of header.matchAll(TAGS))
    if (evaluated === hash && of === mark && isCurrent(Number.parseInt(window, 36), now)) return tag;
  return null;
}

/** Whether the client has this evaluation, whatever became of its token. */
export function knows(header: string, hash: string): boolean {
  return header.includes(`"${hash}.`);
}
