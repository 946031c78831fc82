import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type HelpText, readHelp } from './help-text.ts';
import { ROOT } from './page.ts';

const MAIN = join(ROOT, 'packages/cli/src/main.ts');

/** The help of `slipway` and of every command below it, by its words (`token create`; '' for `slipway` itself), in their order. */
export async function allHelp(): Promise<ReadonlyMap<string, HelpText>> {
  // Some thirty runs of the same program: with a cache of compiled code they take a third of the time.
  const cache = await mkdtemp(join(tmpdir(), 'slipway-docs-'));
  try {
    return new Map(await helpBelow('', cache));
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

async function helpBelow(words: string, cache: string): Promise<readonly (readonly [string, HelpText])[]> {
  const help = await helpOf(words, cache);
  const all: (readonly [string, HelpText])[] = [[words, help]];
  for (const { name } of help.commands) {
    const [word = ''] = name.split(' ');
    if (word !== 'help') all.push(...(await helpBelow(`${words} ${word}`.trim(), cache)));
  }
  return all;
}

async function helpOf(words: string, cache: string): Promise<HelpText> {
  const argv = [MAIN, ...words.split(' ').filter((word) => word !== ''), '--help', '--lang', 'en'];
  const { stdout } = await promisify(execFile)(process.execPath, argv, {
    env: { NODE_COMPILE_CACHE: cache, NO_COLOR: '1' },
  });
  return readHelp(stdout);
}
