import type { Message, Severity } from '@slipway/provider-kit';
import { cutText, oneLine } from '../posting/cut-text.ts';

/** Bytes. Teams takes 28 KB (Microsoft's page on the connector for Teams, known limits); the rest is room for its envelope. */
const LONGEST = 26_000;
/** Characters. */
const LONGEST_TITLE = 500;
const LONGEST_TEXT = 12_000;

const COLORS: Readonly<Record<Severity, string>> = { info: 'Default', warning: 'Warning', critical: 'Attention' };

/**
 * A message as the body of a post: an Adaptive Card 1.4 in the envelope that Workflows take. All of it is text runs: in them
 * nothing is markup, and without a list of mentions nothing is one. What is too long is cut, and ends in "…".
 */
export function teamsBody(message: Message): string {
  for (let longest = LONGEST_TEXT; ; longest = Math.floor(longest * 0.8)) {
    const body = JSON.stringify(envelope(message, cutText(message.text, Math.max(1, longest))));
    if (Buffer.byteLength(body) <= LONGEST || longest <= 1) return body;
  }
}

function envelope(message: Message, text: string) {
  const color = COLORS[message.severity ?? 'info'];
  const title = cutText(oneLine(message.title), LONGEST_TITLE);
  const heading = { type: 'TextRun', text: title, weight: 'Bolder', size: 'Large', color };
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [{ type: 'RichTextBlock', inlines: [heading] }, ...paragraphs(text)],
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

/** One block a line, as a line break in a run is shown as a space. An empty line is room above the next one. */
function paragraphs(text: string): readonly object[] {
  const lines = text.split(/\r\n|[\r\n]/);
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const apart = index > 0 && lines[index - 1]?.trim() === '';
    const spacing = apart || index === 0 ? 'Medium' : 'Small';
    return [{ type: 'RichTextBlock', spacing, inlines: [{ type: 'TextRun', text: line }] }];
  });
}
