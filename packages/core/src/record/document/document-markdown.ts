import { safe, table } from '../markdown-text.ts';
import type { Block, ListItem, RecordDocument, Section } from './document.ts';

/** A document as Markdown (CommonMark, with the tables of GitHub). No text of people or programs acts as Markdown in it. */
export function documentMarkdown(document: RecordDocument): string {
  const mark = '#'.repeat(document.level);
  const lines = [
    `${mark} ${titleOf(document)}`,
    ...(document.result === null ? [] : ['', `**${safe(document.result)}**`]),
    ...document.sections.flatMap((section) => sectionMarkdown(section, document.level)),
  ];
  return `${lines.join('\n')}\n`;
}

/** One part of a document, under a heading one below `level`. */
export function sectionMarkdown({ heading, blocks }: Section, level: 1 | 2): readonly string[] {
  const mark = '#'.repeat(level + 1);
  return ['', `${mark} ${safe(heading)}`, ...blocks.flatMap((block) => ['', ...linesOf(block)])];
}

/** An entry of a change log names its version in brackets, as Keep a Changelog asks. */
function titleOf({ title, kind }: RecordDocument): string {
  const shown = safe(title);
  return kind === 'changelog' ? shown.replaceAll('\\[', '[').replaceAll('\\]', ']') : shown;
}

function linesOf(block: Block): readonly string[] {
  switch (block.is) {
    case 'text':
      return [safe(block.text)];
    case 'gap':
      return [`_[ ${safe(block.text)} ]_`];
    case 'list':
      return block.items.map(itemLine);
    case 'table':
      return table(block.head, block.rows);
  }
}

function itemLine({ lead, text }: ListItem): string {
  return lead === null ? `- ${inner(safe(text))}` : `- **${safe(lead)}** ${inner(safe(text))}`;
}

/** A hash begins a heading in front of a line only; behind it, it is an issue that is to be a link. */
function inner(shown: string): string {
  return shown.replaceAll(/(?<=[^\\])\\#/g, '#');
}
