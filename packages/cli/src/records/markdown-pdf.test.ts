import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownBlocks } from './markdown-blocks.ts';
import { markdownPdf } from './markdown-pdf.ts';
import { winAnsi } from './win-ansi.ts';

const options = { language: 'fr', now: 0, note: (count: number) => `${count} remplacés` } as const;
const MARKDOWN = String.raw`# Rétrospective : été \| 2.1.0

**Terminé.**

## Mesures

| Étape | Résultat |
| --- | --- |
| a\|b | 0,1 ≤ 0,2 |

- **checkout:** un clic (\#42)
- rien

_[ à remplir ]_

~~~
`.replaceAll('~~~', '```\ncode *as it is*\n```');

describe('our own Markdown', () => {
  test('is read block by block, without its escapes', () => {
    expect(markdownBlocks(MARKDOWN)).toEqual([
      { is: 'heading', level: 1, text: 'Rétrospective : été | 2.1.0' },
      { is: 'paragraph', text: 'Terminé.', bold: true },
      { is: 'heading', level: 2, text: 'Mesures' },
      {
        is: 'table',
        rows: [
          ['Étape', 'Résultat'],
          ['a|b', '0,1 ≤ 0,2'],
        ],
      },
      { is: 'item', lead: 'checkout:', text: 'un clic (#42)' },
      { is: 'item', lead: '', text: 'rien' },
      { is: 'paragraph', text: '[ à remplir ]', bold: false },
      { is: 'code', text: 'code *as it is*' },
    ]);
  });

  test('of any text is read, and no word of it is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('#', ' ', '|', '-', '`', '*', 'word', '\n', '\\'), { maxLength: 200 }),
        (parts) => {
          const blocks = JSON.stringify(markdownBlocks(parts.join('')));
          // What stands behind the mark of a fence names its language.
          fc.pre(!parts.join('').includes('```'));
          expect(blocks.split('word').length).toBe(parts.join('').split('word').length);
        },
      ),
    );
  });
});

describe('characters of a PDF', () => {
  test.each([
    ['é è ê ç œ € … –', 'é è ê ç œ € … –', 0],
    ['e\u0301', 'é', 0],
    ['0,1 ≤ 0,2 → ok', '0,1 <= 0,2 -> ok', 0],
    ['日本 🚀', '¤¤ ¤', 3],
    ['\u001B[2J', '¤[2J', 1],
  ])('%j', (text, shown, replaced) => {
    expect(winAnsi(text)).toEqual({ text: shown, replaced });
  });
});

describe('a PDF', () => {
  test('is one, with its title, and says how many characters it does not have', async () => {
    const { bytes, replaced } = await markdownPdf(`${MARKDOWN}\n\n日本\n`, options);
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(replaced).toBe(2);
  });

  test('goes on over pages where a table is long, and a cell longer than a page does not stop it', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `| ${index} | ${'mot '.repeat(index === 5 ? 4_000 : 3)} |`);
    const { bytes } = await markdownPdf(`# T\n\n| # | a |\n| --- | --- |\n${rows.join('\n')}\n`, options);
    const pages =
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Type \/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.length).toBeLessThan(30);
  });

  test.each(['', '\n', '|', '| |\n| --- |', '- ', '#'])('of %j is one too', async (markdown) => {
    expect((await markdownPdf(markdown, options)).bytes.byteLength).toBeGreaterThan(500);
  });
});
