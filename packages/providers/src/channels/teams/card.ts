import type { Message, Severity } from '@slipway/provider-kit';
import { knownAs, type People } from '../posting/people.ts';
import { cutText, oneLine } from '../posting/cut-text.ts';

/** Bytes. Teams takes 28 KB (Microsoft's page on the connector for Teams, known limits); the rest is room for its envelope. */
const LONGEST = 26_000;
/** Characters. */
const LONGEST_TITLE = 500;
const LONGEST_TEXT = 12_000;

const COLORS: Readonly<Record<Severity, string>> = { info: 'Default', warning: 'Warning', critical: 'Attention' };

/**
 * A message as the body of a post: an Adaptive Card 1.4 in the envelope that Workflows take. All of it is text runs: in them
 * nothing is markup, and only what the list of mentions has is one: `people`, where the message mentions them. What is too long is cut, and ends in "…".
 */
export function teamsBody(message: Message, people?: People): string {
  const calls = callsOf(message, people);
  for (let longest = LONGEST_TEXT; ; longest = Math.floor(longest * 0.8)) {
    const body = JSON.stringify(envelope({ ...message, text: cutText(message.text, Math.max(1, longest)) }, calls));
    if (Buffer.byteLength(body) <= LONGEST || longest <= 1) return body;
  }
}

interface Calls {
  /** What stands under the heading. */
  readonly blocks: readonly object[];
  readonly entities: readonly object[];
}

/** A mention is one only in a block of text with markup: a name has none. */
function callsOf({ mention = [] }: Message, people: People | undefined): Calls {
  const known = mention.map((name) => ({ name, id: knownAs(people, name), mark: `<at>${name}</at>` }));
  const text = known.map(({ name, id, mark }) => (id === null ? `@${name}` : mark)).join(' ');
  const entities = known.flatMap(({ name, id, mark }) =>
    id === null ? [] : [{ type: 'mention', text: mark, mentioned: { id, name } }],
  );
  return { blocks: text === '' ? [] : [{ type: 'TextBlock', text, wrap: true }], entities };
}

function envelope(message: Message, { blocks, entities }: Calls) {
  const color = COLORS[message.severity ?? 'info'];
  const title = cutText(oneLine(message.title), LONGEST_TITLE);
  const heading = { type: 'TextRun', text: title, weight: 'Bolder', size: 'Large', color };
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full', ...(entities.length === 0 ? {} : { entities }) },
    body: [{ type: 'RichTextBlock', inlines: [heading] }, ...blocks, ...paragraphs(message.text)],
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
