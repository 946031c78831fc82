import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from './line-splitter.ts';

const split = (limit: number, chunks: readonly Buffer[]): readonly string[] => {
  const lines: string[] = [];
  const splitter = createLineSplitter(limit, (line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
};

describe('lines', () => {
  it.each([
    ['nothing', '', []],
    ['one without an end', 'a', ['a']],
    ['one', 'a\n', ['a']],
    ['an empty one between', 'a\n\nb\n', ['a', '', 'b']],
    ['ends of Windows', 'a\r\nb\r\n', ['a', 'b']],
    ['no terminal codes', '\u001B[31mred\u001B[0m\n', ['red']],
  ])('are %s', (_title, text, expected) => {
    expect(split(100, [Buffer.from(text)])).toEqual(expected);
  });

  it('do not depend on where the chunks are cut', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '😀', '\n', '\r\n', ' '), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(60)), (whole, cuts) => {
        const bytes = Buffer.from(whole);
        const edges = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
        const chunks = edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge));
        expect(split(100, chunks)).toEqual(split(100, [bytes]));
      }),
    );
  });

  it('are cut at the limit, at the end of a word, and the next one is whole', () => {
    const lines = split(40, [Buffer.from(`first words ${'secret'.repeat(10)}\nnext\n`)]);
    expect(lines).toEqual(['first words  [… line cut]', 'next']);
    const inParts = [`first words ${'secret'.repeat(10)}`, 'secret', '\n'].map((part) => Buffer.from(part));
    expect(split(40, inParts)).toEqual(['first words  [… line cut]']);
    expect(split(40, [Buffer.from('x'.repeat(40))])).toEqual(['x'.repeat(40)]);
  });
});
