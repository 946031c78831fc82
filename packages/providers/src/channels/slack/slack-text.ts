import type { Message } from '@slipway/provider-kit';

/** Slack cuts a text at 40,000 characters; we do it before, where it can be seen. */
const LONGEST = 39_000;

/** A message as Slack's own markup. Its three control characters are escaped, so that no text can call @channel. */
export function slackText(message: Message): string {
  const text = `*${escape(message.title.replaceAll(/\s+/g, ' '))}*\n${escape(message.text)}`;
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).toWellFormed()}\n[… cut …]`;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
