import type { Messages } from '../messages/messages.ts';

/** One line of a table. */
export interface Row {
  /** In the file, from 1. */
  readonly line: number;
  /** Of the columns of numbers, in their order. */
  readonly numbers: readonly number[];
  /** Of the column of names; null: the file has none. */
  readonly name: string | null;
}

/** What is wrong in which line; line 1 is the header. */
export interface LineProblem {
  readonly line: number;
  readonly words: string;
}

export interface Table {
  readonly rows: readonly Row[];
  readonly problems: readonly LineProblem[];
}

/** The columns that a file must have. All but `name` are numbers that are not negative. */
export interface Columns {
  readonly all: readonly string[];
  readonly name: string;
  /** Whether the column of names may be left out. */
  readonly isOptional: boolean;
}

/** Characters of a table: its rows are held in memory. */
const LONGEST = 32_000_000;

/** A plain decimal number. `Number` would take '', '0x1f' and 'Infinity' as well. */
const NUMBER = /^\d{1,15}(?:\.\d{1,9})?(?:[eE][+-]?\d{1,2})?$/;

/** Reads a table of numbers: a header, commas, no quotes. Problems stand beside the rows that are sound. */
export function csvTable(text: string, columns: Columns, m: Messages): Table {
  if (text.length > LONGEST) {
    return { rows: [], problems: [{ line: 1, words: m.judge.csv.tooLarge(LONGEST / 1_000_000) }] };
  }
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const header = headerOf(lines[0] ?? '', columns);
  if (header === null) {
    const bare = columns.all.filter((column) => column !== columns.name).join(',');
    const expected = columns.isOptional ? `${bare}[,${columns.name}]` : columns.all.join(',');
    return { rows: [], problems: [{ line: 1, words: m.judge.csv.header(expected) }] };
  }
  const rows: Row[] = [];
  const problems: LineProblem[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line === '') continue;
    const row = rowOf(line, { header, name: columns.name, line: index + 1 }, m);
    if ('words' in row) problems.push(row);
    else rows.push(row);
  }
  if (rows.length === 0 && problems.length === 0) problems.push({ line: 2, words: m.judge.csv.empty });
  return { rows, problems };
}

function headerOf(line: string, { all, name, isOptional }: Columns): readonly string[] | null {
  const bare = all.filter((column) => column !== name);
  if (line === all.join(',')) return all;
  return isOptional && line === bare.join(',') ? bare : null;
}

interface Place {
  readonly header: readonly string[];
  readonly name: string;
  readonly line: number;
}

function rowOf(text: string, { header, name, line }: Place, { judge }: Messages): Row | LineProblem {
  const cells = text.split(',');
  if (cells.length !== header.length) return { line, words: judge.csv.columns(cells.length) };
  const wrong = header.findIndex((column, index) => column !== name && !NUMBER.test(cells[index] ?? ''));
  if (wrong >= 0) return { line, words: judge.csv.number(header[wrong] ?? '', cells[wrong] ?? '') };
  const numbers = cells.filter((_, index) => header[index] !== name).map(Number);
  return { line, numbers, name: cells[header.indexOf(name)] ?? null };
}
