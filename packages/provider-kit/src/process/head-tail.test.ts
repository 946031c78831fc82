import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeadTail, formatBytes } from './head-tail.ts';

const keep = (limit: number, ...chunks: readonly string[]) => {
  const output = createHeadTail(limit);
  for (const chunk of chunks) output.push(Buffer.from(chunk));
  return { text: output.text(), cut: output.cut };
};

describe('head and tail', () => {
  it.each([
    ['nothing', 4, [], '', false],
    ['less than the head', 4, ['abc'], 'abc', false],
    ['head and tail exactly', 4, ['abcd', 'efgh'], 'abcdefgh', false],
    ['the same in one chunk', 4, ['abcdefgh'], 'abcdefgh', false],
    [
      'whole lines where there are line breaks',
      6,
      ['a\nb\nc\n', 'dropped', 'xy\nz\n'],
      'a\nb\nc\n[… 10 B cut …]\nz\n',
      true,
    ],
    ['many small chunks', 3, 'a\nb-------c\nd'.split(''), 'a\n[… 10 B cut …]\nd', true],
  ] as const)('keeps %s', (_title, limit, chunks, text, cut) => {
    expect(keep(limit, ...chunks)).toEqual({ text, cut });
  });

  it('leaves no half character at a cut without a line break', () => {
    for (const shift of ['', 'x', 'xx', 'xxx']) {
      const { text } = keep(20, shift + '😀é'.repeat(100));
      expect(text).not.toContain('\uFFFD');
    }
  });

  it('keeps whole what fits, and otherwise no more than both ends and the note, however it is chunked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 40 })),
        fc.integer({ min: 1, max: 60 }),
        (chunks, limit) => {
          const whole = chunks.join('');
          const bytes = Buffer.byteLength(whole);
          const { text, cut } = keep(limit, ...chunks);
          expect(cut).toBe(bytes > 2 * limit);
          if (!cut) return text === whole;
          const [head = '', tail = ''] = text.split(/\[… .* cut …\]\n/);
          return whole.startsWith(head) && whole.endsWith(tail) && Buffer.byteLength(head + tail) <= 2 * limit;
        },
      ),
    );
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1_540_000, '1.5 MB'],
  [199_934_464, '199.9 MB'],
])('%i bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
