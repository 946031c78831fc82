import fc from 'fast-check';

const CHARACTERS = '{}[]:,-#&*!|>\'"%@`?~<=+.\\ \t\n\r0aé\0\uFEFF\u2028\uD83E'.split('');
const WORDS = [
  ': ',
  '- ',
  '{{ ',
  '{% if %}',
  '&a ',
  '*a',
  '!!str ',
  '---\n',
  '...\n',
  '<<: ',
  '__proto__: ',
  '\n\n',
  '🦊',
];

/** One change of a text: a character or a line is taken away, doubled, or something is put in. `at`: where, from 0 to 1. */
export interface Mutation {
  readonly kind: 'delete' | 'insert' | 'duplicate' | 'delete line' | 'duplicate line';
  readonly at: number;
  readonly piece: string;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'duplicate', 'delete line', 'duplicate line'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  piece: fc.constantFrom(...CHARACTERS, ...WORDS),
});

/** The text after one change. */
export function mutated(text: string, { kind, at, piece }: Mutation): string {
  const lines = text.split('\n');
  const spot = Math.floor(at * text.length);
  const line = Math.floor(at * (lines.length - 1));
  switch (kind) {
    case 'delete':
      return text.slice(0, spot) + text.slice(spot + 1);
    case 'insert':
      return text.slice(0, spot) + piece + text.slice(spot);
    case 'duplicate':
      return text.slice(0, spot + 1) + text.slice(spot);
    case 'delete line':
      return lines.toSpliced(line, 1).join('\n');
    case 'duplicate line':
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
  }
}
