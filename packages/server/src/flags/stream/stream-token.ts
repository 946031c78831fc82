import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RingKey } from '../keys/key-ring.ts';

/** A token is the same for as long, in milliseconds: clients connect anew whenever the address of their stream changes. */
const WINDOW = 15 * 60_000;
const FORM = /^(?<id>[\w.~-]{1,200})!(?<window>[0-9a-z]{1,10})!(?<mac>[\w-]{43})$/;

/** Number of the quarter of an hour that `now` (epoch ms) lies in. */
export function windowOf(now: number): number {
  return Math.floor(now / WINDOW);
}

/** Whether a token that was made in `window` opens a stream now: in its window, the next, and one ahead, as clocks differ. */
export function isCurrent(window: number, now: number): boolean {
  return Math.abs(windowOf(now) - window) <= 1;
}

/**
 * What opens a stream without a header: EventSource sends none, and an address ends up in logs. It opens for 15 to 30 minutes, reads
 * nothing but that something changed, is the same on every server, and dies with its key.
 */
export function streamToken(key: RingKey, window: number): string {
  return `${key.id}!${window.toString(36)}!${macOf(key, window)}`;
}

/** The key that the token was made with; null: it is not ours, too old, or its key is revoked. */
export function keyOfToken(token: string, now: number, find: (id: string) => RingKey | null): RingKey | null {
  const { id = '', window = '', mac = '' } = FORM.exec(token)?.groups ?? {};
  const number = Number.parseInt(window, 36);
  const key = id === '' ? null : find(id);
  if (key === null || !isCurrent(number, now)) return null;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(key, number))) ? key : null;
}

function macOf(key: RingKey, window: number): string {
  return createHmac('sha256', key.hash).update(`slipway flag stream 1\n${key.id}\n${window}`).digest('base64url');
}
