/** Texts of people and programs are cut here: a record is read by people. */
const LONGEST = 300;

/** They would act on the reader's terminal, or show a line in another order than it is written. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}]/gu;

/** One line that Markdown shows as it is written, whatever is in it. */
export function safe(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(UNSEEN, '').trim();
  const short = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  return short.replaceAll(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`);
}

export function heading(text: string): readonly string[] {
  return ['', `## ${text}`, ''];
}

/** Cells are made safe; no rows, no table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(safe)))];
}
