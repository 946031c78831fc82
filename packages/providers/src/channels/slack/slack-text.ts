import type { Message } from '@slipway/provider-kit';
import { knownAs, type People } from '../posting/people.ts';

/** Slack cuts a text at 40,000 characters; we do it before, where it can be seen. */
const LONGEST = 39_000;

/**
 * A message as Slack's own markup. Its three control characters are escaped, so that no text can call @channel: only `people` are
 * called, where the message mentions them.
 */
export function slackText(message: Message, people?: People): string {
  const { mention = [] } = message;
  const calls = mention.length === 0 ? '' : `${mention.map((name) => call(name, people)).join(' ')}\n`;
  const text = `*${escape(message.title.replaceAll(/\s+/g, ' '))}*\n${calls}${escape(message.text)}`;
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).toWellFormed()}\n[… cut …]`;
}

function call(name: string, people: People | undefined): string {
  const id = knownAs(people, name);
  if (id === null) return `@${escape(name)}`;
  return id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`;
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
