import { programOf } from './simple-commands.ts';

/** What a call of git does. */
export interface GitCall {
  readonly verb: string;
  /** Options, each as it is written, clusters of letters included. */
  readonly options: readonly string[];
  /** What is no option, in its order. */
  readonly words: readonly string[];
  /** `name=value` of each `-c`. */
  readonly config: readonly string[];
}

/** Options in front of the verb, and behind it, that take the next word as their value. */
const GLOBAL_VALUES = new Set(['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path', '--config-env']);
const OWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  push: ['-o', '--push-option', '--repo', '--receive-pack', '--exec'],
  tag: ['-m', '--message', '-F', '--file', '-u', '--local-user', '--cleanup'],
  commit: ['-m', '--message', '-F', '--file', '-C', '-c', '--author', '--date', '-t', '--template'],
};

/** null: it is no call of git. */
export function gitCall(argv: readonly string[]): GitCall | null {
  if (programOf(argv) !== 'git') return null;
  const config: string[] = [];
  let at = 1;
  while (at < argv.length && (argv[at] ?? '').startsWith('-')) {
    const option = argv[at] ?? '';
    if (option === '-c') config.push(argv[at + 1] ?? '');
    at += GLOBAL_VALUES.has(option) ? 2 : 1;
  }
  const verb = argv[at] ?? '';
  return { verb, config, ...split(argv.slice(at + 1), OWN_VALUES[verb] ?? []) };
}

function split(rest: readonly string[], values: readonly string[]): Pick<GitCall, 'options' | 'words'> {
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length;
  const options: string[] = [];
  const words: string[] = [];
  for (let at = 0; at < end; at += 1) {
    const word = rest[at] ?? '';
    if (word.startsWith('-') && word !== '-') options.push(word);
    else words.push(word);
    if (values.includes(word)) at += 1;
  }
  return { options, words: [...words, ...rest.slice(end + 1)] };
}

/** A long option by its name or any part of it that git takes for it, or a letter among short ones. */
export function hasOption({ options }: GitCall, long: string, letter: string | null): boolean {
  return options.some((option) => {
    if (!option.startsWith('--')) return letter !== null && option.slice(1).includes(letter);
    const [written = ''] = option.split('=');
    return written.length >= 5 && `--${long}`.startsWith(written);
  });
}
