import { shellCommands } from './shell-words.ts';

/** A program with its words, and the variables that are set for it. */
export interface SimpleCommand {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'fish']);
/** Programs that run another one, given behind their own options. */
const WRAPPERS = new Set(
  'sudo doas env nice ionice nohup time timeout command exec builtin setsid stdbuf xargs npx busybox'.split(' '),
);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;
/** Commands inside commands: more is nobody's honest plan. */
const MOST_LAYERS = 5;

/** The name of a program without its folder. */
export const programOf = (argv: readonly string[]): string =>
  (argv[0] ?? '').replace(/^.*[/\\]/, '').replace(/\.exe$/i, '');

/**
 * Everything that a command runs as far as its words tell: what a wrapper such as sudo or env is given, and what a shell is given
 * as a line. What a script does is not looked into.
 */
export function simpleCommands(command: SimpleCommand, layer = 0): readonly SimpleCommand[] {
  const { argv, env } = assigned(command);
  const program = programOf(argv);
  const here = { argv, env };
  if (layer >= MOST_LAYERS || argv.length === 0) return [here];
  const inside = (words: readonly string[]): readonly SimpleCommand[] =>
    simpleCommands({ argv: words, env }, layer + 1);
  if (SHELLS.has(program)) {
    const flag = argv.findIndex((word, index) => index > 0 && /^-[a-z]*c[a-z]*$/.test(word));
    const line = flag < 0 ? undefined : argv[flag + 1];
    return [here, ...(line === undefined ? [] : shellCommands(line).flatMap(inside))];
  }
  if (program === 'eval') return [here, ...shellCommands(argv.slice(1).join(' ')).flatMap(inside)];
  if (!WRAPPERS.has(program)) return [here];
  // Where its own options end only the wrapper knows: each word may be the program.
  const ends = argv.flatMap((word, index) => (index > 0 && !word.startsWith('-') ? [argv.slice(index)] : []));
  return [here, ...ends.slice(0, MOST_STARTS).flatMap(inside)];
}

/** Words of a wrapper that are tried as the program it runs. */
const MOST_STARTS = 10;

/** Takes the variables in front of a program off: `A=1 git push`. */
function assigned({ argv, env }: SimpleCommand): SimpleCommand {
  const [first = '', ...rest] = argv;
  const found = ASSIGNMENT.exec(first);
  if (found === null) return { argv, env };
  const [, name = '', value = ''] = found;
  return assigned({ argv: rest, env: { ...env, [name]: value } });
}
