/** What our own Markdown is made of, with its escapes taken away. */
export type MarkdownBlock =
  | { readonly is: 'heading'; readonly level: number; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string; readonly bold: boolean }
  | { readonly is: 'item'; readonly lead: string; readonly text: string }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'table'; readonly rows: readonly (readonly string[])[] };

/** Reads headings, paragraphs, lists, tables and fenced code. What else Markdown has is shown as it is written. */
export function markdownBlocks(markdown: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length;) {
    const { block, next } = blockAt(lines, at);
    if (block !== null) blocks.push(block);
    at = next;
  }
  return blocks;
}

interface Read {
  readonly block: MarkdownBlock | null;
  readonly next: number;
}

function blockAt(lines: readonly string[], at: number): Read {
  const line = lines[at] ?? '';
  if (line.trim() === '') return { block: null, next: at + 1 };
  if (line.startsWith('```')) return codeAt(lines, at);
  if (line.startsWith('|')) return tableAt(lines, at);
  const heading = /^(#{1,6}) (.*)$/.exec(line);
  if (heading !== null)
    return { block: { is: 'heading', level: (heading[1] ?? '#').length, text: plain(heading[2] ?? '') }, next: at + 1 };
  const item = /^ *- (?:\*\*(.*?)\*\* ?)?(.*)$/.exec(line);
  if (item !== null)
    return { block: { is: 'item', lead: plain(item[1] ?? ''), text: plain(item[2] ?? '') }, next: at + 1 };
  const bold = /^\*\*(.*)\*\*$/.exec(line);
  return { block: { is: 'paragraph', text: plain(bold?.[1] ?? line), bold: bold !== null }, next: at + 1 };
}

function codeAt(lines: readonly string[], at: number): Read {
  const end = lines.findIndex((line, index) => index > at && line.startsWith('```'));
  const next = end < 0 ? lines.length : end;
  return { block: { is: 'code', text: lines.slice(at + 1, next).join('\n') }, next: next + 1 };
}

function tableAt(lines: readonly string[], at: number): Read {
  const end = lines.findIndex((line, index) => index > at && !line.startsWith('|'));
  const next = end < 0 ? lines.length : end;
  const rows = lines.slice(at, next).filter((line) => !/^\|(?: *:?-+:? *\|)+$/.test(line));
  return { block: { is: 'table', rows: rows.map(cellsOf) }, next };
}

/** A bar behind a backslash is a character of a cell. */
function cellsOf(line: string): readonly string[] {
  const inner = line.replace(/^\|/, '').replace(/\|\s*$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => plain(cell.trim()));
}

function plain(text: string): string {
  const open = text.replace(/^_(.*)_$/, '$1').replaceAll(/(?<!\\)[`*]/g, '');
  return open.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}
