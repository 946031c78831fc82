/** Where in a template, from 1. */
export interface TemplateSpot {
  readonly line: number;
  readonly column: number;
}

const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/, line:\d+, col:\d+$/, ''],
  [/^undefined filter: (.+)$/, 'there is no filter "$1"'],
  [/^undefined variable: (.+)$/, 'there is no variable "$1"'],
  [/^tag "(.+)" not found$/, 'there is no tag "$1"'],
  [/^tag (.+) not closed$/, 'the tag $1 is not closed'],
  [/^output "(.+)" not closed$/, '"$1" is not closed'],
  [/^memory alloc limit exceeded$/, 'the template takes too much memory'],
  [/^template render limit exceeded$/, 'the template takes too long'],
  [/^parse length limit exceeded$/, 'the template is too long'],
];

/** One sentence about what LiquidJS refused, without the position that it appends. */
export function reasonOfTemplateError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n', 1)[0] ?? text;
  return SENTENCES.reduce((sentence, [pattern, words]) => sentence.replace(pattern, words), line);
}

/** The position that LiquidJS reports; the beginning where it reports none. */
export function spotOfTemplateError(error: unknown): TemplateSpot {
  const found = error instanceof Error ? /, line:(\d+), col:(\d+)$/m.exec(error.message) : null;
  return found === null ? { line: 1, column: 1 } : { line: Number(found[1]), column: Number(found[2]) };
}
