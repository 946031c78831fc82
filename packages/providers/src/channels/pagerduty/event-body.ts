import { createHash } from 'node:crypto';
import type { Message } from '@slipway/provider-kit';
import { cutText, oneLine } from '../posting/cut-text.ts';
import type { EventKind } from './event-kind.ts';
import type { PagerdutyChannelConfig } from './schema.ts';

/** Characters, as PagerDuty has it. */
const LONGEST_SUMMARY = 1024;
const LONGEST_KEY = 255;
/** Characters. An event may have 512 KB. */
const LONGEST_TEXT = 20_000;
/** A message that is about no alarm of its own is about the launch. */
const CAUSE = 'launch';

export interface EventParts {
  readonly kind: EventKind;
  /** The integration key: a secret. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The body of a post, in the form of the Events API v2. */
export function eventBody(config: PagerdutyChannelConfig, message: Message, { kind, key, now }: EventParts): string {
  const about = {
    summary: cutText(oneLine(message.title), LONGEST_SUMMARY),
    source: config.source,
    timestamp: new Date(message.at ?? now).toISOString(),
  };
  const details = {
    text: cutText(message.text, LONGEST_TEXT),
    launch: message.launch,
    message: message.id,
    ...(message.artifact === undefined ? {} : { artifact: message.artifact.name, version: message.artifact.version }),
  };
  if (kind === 'change') {
    return JSON.stringify({ routing_key: key, payload: { ...about, custom_details: details } });
  }
  const payload = {
    ...about,
    severity: config.severity ?? message.severity ?? 'critical',
    group: message.launch,
    class: message.alarm?.cause ?? CAUSE,
    ...(message.artifact === undefined ? {} : { component: message.artifact.name }),
    custom_details: details,
  };
  const event = { routing_key: key, event_action: kind, dedup_key: dedupKey(message), client: 'Slipway' };
  // Who acknowledges or resolves names the alert and no more.
  return JSON.stringify(kind === 'trigger' ? { ...event, payload } : event);
}

/** One alert for each cause of each launch: told again it is the same one, and its end finds it. */
export function dedupKey(message: Message): string {
  const key = `${message.thread ?? message.launch}/${message.alarm?.cause ?? CAUSE}`;
  return key.length <= LONGEST_KEY ? key : createHash('sha256').update(key).digest('hex');
}
