import { createHash } from 'node:crypto';
import type { Message } from '@slipway/provider-kit';

/** Characters. Receivers are told to expect less than 20 kB; what is longer is cut where it can be seen. */
const LONGEST_TITLE = 500;
const LONGEST_TEXT = 10_000;

/** The same in every attempt. Hashed: the signature joins its parts with full stops, so an id may not hold one. */
export function webhookId(message: Message): string {
  return `msg_${createHash('sha256').update(message.id).digest('hex').slice(0, 32)}`;
}

/** The body of a post, as docs/how-to/announce-by-mail-and-webhook.md describes it. `now` in milliseconds since the epoch. */
export function webhookPayload(message: Message, now: number): string {
  const { id, launch } = message;
  const title = bounded(message.title, LONGEST_TITLE);
  const text = bounded(message.text, LONGEST_TEXT);
  const timestamp = new Date(now).toISOString();
  return JSON.stringify({ type: 'slipway.announcement', timestamp, data: { id, launch, title, text } });
}

function bounded(text: string, longest: number): string {
  const whole = text.toWellFormed();
  return whole.length <= longest ? whole : `${whole.slice(0, longest).toWellFormed()}\n[… cut …]`;
}
