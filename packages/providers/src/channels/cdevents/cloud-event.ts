import type { Message } from '@slipway/provider-kit';
import { cutText, oneLine } from '../posting/cut-text.ts';
import type { CdeventsChannelConfig } from './schema.ts';
import { subjectOf } from './subject.ts';
import { eventType, SPEC_VERSION } from './vocabulary.ts';

/** Characters. Together they keep an event below the 64 KB that whoever passes CloudEvents on has to take. */
const LONGEST_TITLE = 500;
const LONGEST_TEXT = 10_000;

/**
 * The body of a post: a CloudEvent 1.0 in JSON with the CDEvent as its data, as CDEvents' binding to CloudEvents has it. Its id is
 * the message's, by which receivers drop what they have. `now` in milliseconds since the epoch.
 */
export function cloudEvent(config: CdeventsChannelConfig, message: Message, now: number): string {
  const { source } = config;
  const { id, launch, severity, thread } = message;
  const type = eventType(config.event);
  const time = new Date(message.at ?? now).toISOString();
  const subject = subjectOf(config, message);
  const chain = thread === undefined ? {} : { chainId: thread };
  const title = cutText(oneLine(message.title), LONGEST_TITLE);
  const data = {
    context: { version: SPEC_VERSION, id, source, type, timestamp: time, ...chain },
    subject,
    customData: { launch, severity: severity ?? 'info', title, text: cutText(message.text, LONGEST_TEXT) },
    customDataContentType: 'application/json',
  };
  const attributes = { specversion: '1.0', id, source, type, subject: subject.id, time };
  return JSON.stringify({ ...attributes, datacontenttype: 'application/json', data });
}
