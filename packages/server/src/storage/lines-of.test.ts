import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from './lines-of.ts';

async function linesIn(...chunks: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
  return lines;
}

test.each<[what: string, chunks: readonly string[], lines: readonly string[]]>([
  ['nothing', [], []],
  ['a last line without its end', ['one\ntwo'], ['one', 'two']],
  ['an empty line', ['one\n\n', 'two\n'], ['one', '', 'two']],
  ['a line in many parts', ['o', 'n', 'e\nt', 'wo\n'], ['one', 'two']],
  ['what is no line feed', ['a\rb\u2028c\u2029d\u0085e\n'], ['a\rb\u2028c\u2029d\u0085e']],
])('%s', async (_what, chunks, lines) => {
  expect(await linesIn(...chunks)).toEqual(lines);
});

test('however it is cut, the lines are the same', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\u2028', 'é') });
  await fc.assert(
    fc.asyncProperty(fc.array(text), async (chunks) => {
      const whole = chunks.join('');
      expect(await linesIn(...chunks)).toEqual(whole === '' ? [] : whole.replace(/\n$/, '').split('\n'));
    }),
  );
});

test('one without an end is given up before it fills the memory', async () => {
  const endless = async function* chunks(): AsyncGenerator<string> {
    for (;;) yield 'x'.repeat(1_000_000);
  };
  await expect(linesOf(endless()).next()).rejects.toThrow('no exported state');
});
