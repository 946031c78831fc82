import { allHelp } from './command-help.ts';
import type { HelpText } from './help-text.ts';
import { anchor, block, code, table } from './markdown.ts';
import { page } from './page.ts';

/** docs/reference/command-line.md */
export async function commandLinePage(): Promise<string> {
  const all = await allHelp();
  const root = all.get('');
  if (root === undefined) throw new Error('slipway has no help');
  const commands = [...all].filter(([words]) => words !== '');
  return page('The command line', 'the help of the command', [
    root.description,
    block('text', [root.usage]),
    '`slipway COMMAND --help` prints what stands here; `--lang fr` prints it in French.',
    '## Options of every command',
    optionTable(root),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      root.exitCodes.map(({ name, what }) => [name, what]),
    ),
    '## Commands',
    table(['Command', 'What it does'], commands.map(overviewRow)),
    ...commands.flatMap(([words, help]) => commandParts(words, help, root)),
  ]);
}

function overviewRow([words, help]: readonly [string, HelpText]): readonly string[] {
  return [`[${code(words)}](#${anchor(`slipway ${words}`)})`, help.description];
}

function commandParts(words: string, help: HelpText, root: HelpText): readonly string[] {
  return [
    `## slipway ${words}`,
    sentence(help.description),
    block('text', [help.usage]),
    optionTable(help, root),
    block('sh', help.examples),
  ];
}

/** Helps speak in half sentences. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Without the options that stand in `known` already. */
function optionTable(help: HelpText, known?: HelpText): string {
  const isKnown = (name: string): boolean => known?.options.some((option) => option.name === name) === true;
  const rows = help.options.filter(({ name }) => !isKnown(name));
  return table(
    ['Option', 'What it does'],
    rows.map(({ name, what }) => [code(name), what]),
  );
}
