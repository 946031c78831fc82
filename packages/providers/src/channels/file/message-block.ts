import type { Message } from '@slipway/provider-kit';

/** The comment by which a message is found again. A comment may not hold `--`. */
export function messageMark(id: string): string {
  return `<!-- slipway message ${encodeURIComponent(id).replaceAll('-', '%2D')} -->`;
}

/** A message as Markdown. The mark comes last: a block that was cut off by a crash counts as not written. */
export function messageBlock(message: Message): string {
  const title = withoutComments(message.title).replaceAll(/\s+/g, ' ');
  return `## ${title}\n\n${withoutComments(message.text).trimEnd()}\n\n${messageMark(message.id)}\n\n`;
}

/** A text must not be able to claim that some other message was written. */
const withoutComments = (text: string): string => text.replaceAll('<!--', '&lt;!--');
