import type { Command } from 'commander';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { en } from '../messages/en.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { buildCli } from '../program.ts';
import { testContext } from '../testing/test-context.ts';
import { completionScript } from './completion-script.ts';
import { treeOf } from './tree.ts';

const { program } = buildCli(testContext(), messagesFor('en'));
const tree = treeOf(program);

/** Every command with what may be typed after it, read from the program by itself: its words, what may follow. */
function expectedOf(command: Command, above: readonly Command[] = []): readonly (readonly [string, string[]])[] {
  const line = [...above, command];
  const flags = line.flatMap((each) =>
    each
      .createHelp()
      .visibleOptions(each)
      .map((option) => option.long ?? ''),
  );
  const verbs = command
    .createHelp()
    .visibleCommands(command)
    .map((child) => child.name());
  const path = line.map((each) => each.name()).join(' ');
  return [
    [path, [...new Set([...flags, ...verbs])].toSorted()],
    ...command.commands.flatMap((child) => expectedOf(child, line)),
  ];
}
const EXPECTED = expectedOf(program);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-completion-'));
  for (const shell of ['bash', 'zsh', 'fish'] as const)
    writeFileSync(
      join(folder, shell === 'zsh' ? '_slipway' : `slipway.${shell}`),
      `${completionScript(shell, tree)}\n`,
    );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the shell itself needs, and nothing of the person who runs the test. */
function runShell(shell: string, args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], HOME: folder, TERM: 'xterm', LANG: 'C.UTF-8' };
  return execFileSync(shell, args, { cwd: folder, env, encoding: 'utf8', timeout: 30_000 });
}

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What bash offers for the last word of each line. */
function inBash(lines: readonly string[]): string[][] {
  const script = `source slipway.bash
for line in "$@"; do
  COMP_WORDS=()
  rest="$line "
  while [[ -n "$rest" ]]; do COMP_WORDS+=("\${rest%% *}"); rest="\${rest#* }"; done
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
  _slipway
  echo "\${COMPREPLY[*]}"
done`;
  const out = runShell('bash', ['--norc', '-u', '-c', script, 'bash', ...lines]);
  return out.split('\n').slice(0, -1).map(words);
}

/** What fish offers for the last word of each line. */
function inFish(lines: readonly string[]): string[][] {
  const script = 'source slipway.fish; for line in $argv; echo (complete -C $line); end';
  return runShell('fish', ['--no-config', '-c', script, ...lines])
    .split('\n')
    .slice(0, -1)
    .map(words);
}

/** Each line as zsh's own editor leaves it after one tab; a new zsh for each, as the first tab loads the file. */
function inZsh(line: string): string {
  const script = `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; show() { print -r -- "<<$BUFFER>>" }; zle -N show; bindkey ^X show; echo RE""ADY'
zpty -r z out '*READY*'
zpty -w -n z "$1"$'\\t'$'\\x18'
zpty -r z out '*<<*>>*'
print -r -- "$out"
zpty -d z`;
  return /<<(.*)>>/.exec(runShell('zsh', ['-f', '-c', script, 'zsh', line]))?.[1] ?? '';
}

function words(line: string): string[] {
  return line.split(' ').filter((word) => word !== '');
}

const isVerb = (word: string): boolean => !word.startsWith('-');

describe('the tree', () => {
  test('holds every command and every option of the program', () => {
    const found = tree.map(({ path, verbs, flags }) => [path, [...verbs, ...flags].toSorted()]);
    expect(found).toEqual(EXPECTED);
  });

  test('holds every verb that the command has a sentence for', () => {
    const paths = Object.keys(en.verbs).map((name) => (name === 'slipway' ? name : `slipway ${name}`));
    expect(tree.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
  });
});

/** A line, and what may stand in place of its last word. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  ['slipway va', ['validate']],
  ['slipway st', ['start', 'status']],
  ['slipway --json tok', ['token']],
  ['slipway --lang fr tok', ['token']],
  ['slipway nonsense', []],
  ['slipway token c', ['create']],
  ['slipway --json token --lang fr re', ['revoke']],
  ['slipway token create --ro', ['--role']],
  ['slipway task done smoke --pr', ['--proof']],
  ['slipway hold --re', ['--reason']],
  // A step may be called as a verb is.
  ['slipway skip start --r', ['--reason']],
  ['slipway skip start --dir', []],
];

describe('bash', () => {
  test('offers every word of every command', () => {
    const offered = inBash(EXPECTED.map(([path]) => `${path} `));
    expect(offered.map((found) => found.toSorted())).toEqual(EXPECTED.map(([, follows]) => follows));
  });

  test('completes by what was typed', () => {
    const offered = inBash(LINES.map(([line]) => line));
    expect(LINES.map(([line], index) => [line, offered[index]])).toEqual(LINES);
  });

  test('calls it for slipway, with files where nothing fits', () => {
    const told = runShell('bash', ['--norc', '-c', 'source slipway.bash; complete -p slipway']);
    expect(told).toBe('complete -o default -F _slipway slipway\n');
  });
});

describe('zsh', () => {
  const missing = !isInstalled('zsh');

  test.skipIf(missing).each<[string, string]>([
    ['slipway va', 'slipway validate '],
    ['slipway --json token cr', 'slipway --json token create '],
    ['slipway skip start --rea', 'slipway skip start --reason '],
  ])('completes %j at the first tab (skipped where zsh is not installed)', (line, completed) => {
    expect(inZsh(line)).toBe(completed);
  });
});

describe('fish', () => {
  const missing = !isInstalled('fish');

  test.skipIf(missing)('offers every word of every command (skipped where fish is not installed)', () => {
    const commands = EXPECTED.filter(([, follows]) => follows.some(isVerb));
    const verbs = inFish(commands.map(([path]) => `${path} `));
    expect(verbs.map((found) => found.toSorted())).toEqual(commands.map(([, follows]) => follows.filter(isVerb)));
    const flags = inFish(EXPECTED.map(([path]) => `${path} --`));
    expect(flags.map((found) => found.toSorted())).toEqual(
      EXPECTED.map(([, follows]) => follows.filter((word) => !isVerb(word))),
    );
  });

  test.skipIf(missing)('completes by what was typed (skipped where fish is not installed)', () => {
    const offered = inFish(LINES.map(([line]) => line));
    expect(LINES.map(([line], index) => [line, offered[index]])).toEqual(LINES);
  });
});
