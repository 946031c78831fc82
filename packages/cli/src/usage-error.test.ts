import { describe, expect, test } from 'vitest';
import { runCommand } from './testing/test-context.ts';

type Case = readonly [argv: string, english: string, french: string];

const CASES: readonly Case[] = [
  [
    'statu',
    'there is no command statu (did you mean status?)',
    "il n'y a pas de commande statu (vouliez-vous dire status ?)",
  ],
  [
    'status --jsom',
    'there is no option --jsom here (did you mean --json?)',
    "il n'y a pas d'option --jsom ici (vouliez-vous dire --json ?)",
  ],
  ['hold', '--reason <text> is missing', 'il manque --reason <text>'],
  ['hold --reason', '--reason <text> needs a value', '--reason <text> veut une valeur'],
  ['approve', '<step> is missing', 'il manque <step>'],
  [
    'status a b',
    'too many words: 2 given, 0 taken; quote a text that has spaces',
    'trop de mots : 2 donnés, 0 pris ; mettez un texte à espaces entre guillemets',
  ],
  [
    'completion tcsh',
    '<shell> cannot be "tcsh": choose bash, zsh, fish',
    '<shell> ne peut pas être « tcsh » : choisissez bash, zsh, fish',
  ],
  [
    'report --format docx',
    '--format <format> cannot be "docx": choose markdown, json, pdf',
    '--format <format> ne peut pas être « docx » : choisissez markdown, json, pdf',
  ],
];

describe.each(CASES)('%s', (line, english, french) => {
  test.each([
    ['en', english],
    ['fr', french],
  ])('is refused in %s', async (language, words) => {
    const ran = await runCommand([...line.split(' '), `--lang=${language}`].toSorted(byLang));
    expect(ran).toEqual({ code: 2, out: '', errors: `slipway: ${words}\n` });
  });

  test('is refused as JSON', async () => {
    const { code, out, errors } = await runCommand(['--json', ...line.split(' ')]);
    expect({ code, errors }).toEqual({ code: 2, errors: '' });
    expect(JSON.parse(out)).toEqual({ error: { code: 'wrong-input', message: english, problems: [] } });
  });
});

/** First, so that it is not taken for the value of an option. */
function byLang(a: string, b: string): number {
  return Number(b.startsWith('--lang')) - Number(a.startsWith('--lang'));
}

describe('a value that does not fit', () => {
  test.each<[readonly string[], string, string]>([
    [['hold', '--reason', ' '], '--reason: it is empty', "--reason : c'est vide"],
    [['start', '--artifact-version', ''], '--artifact-version: it is empty', "--artifact-version : c'est vide"],
    [['reject', 'go', '--reason', ' '], '--reason: it is empty', "--reason : c'est vide"],
    [['token', 'create', '', '--role', 'admin'], '<person> is empty', '<person> est vide'],
    [['token', 'create', ' ', '--role', 'admin'], '<person> is empty', '<person> est vide'],
  ])('%j is refused in our words', async (argv, english, french) => {
    const env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: 'http://127.0.0.1:1', SLIPWAY_TOKEN: 'token' };
    expect(await runCommand(argv, { env })).toMatchObject({ code: 2, errors: expect.stringContaining(english) });
    const other = await runCommand(['--lang', 'fr', ...argv], { env });
    expect(other).toMatchObject({ code: 2, errors: expect.stringContaining(french) });
  });
});

describe('help', () => {
  test.each<[string, string]>([
    ['help', 'Usage: slipway [options]'],
    ['help start', 'Usage: slipway start [options]'],
    ['help token', 'Usage: slipway token [options]'],
    ['token help create', 'Usage: slipway token create [options]'],
    ['start --help', 'Usage: slipway start [options]'],
  ])('slipway %s', async (line, words) => {
    expect(await runCommand(line.split(' '))).toMatchObject({
      code: 0,
      out: expect.stringContaining(words),
      errors: '',
    });
  });

  test.each([[[]], [['token']], [['help', 'nonsense']]])(
    'is what %j is answered with, as a wrong use',
    async (argv) => {
      const { code, out, errors } = await runCommand(argv);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(errors).toContain('Usage: slipway');
      // Nothing after the help, which says it all.
      expect(errors).not.toContain('slipway: ');
    },
  );

  test('is no answer to a machine', async () => {
    const { code, out } = await runCommand(['--json', 'token']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { message: 'a command is missing: slipway help lists them' } });
  });
});
