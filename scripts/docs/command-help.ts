import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Context, run, TIMING } from 'slipway';
import { type HelpText, readHelp } from './help-text.ts';

/** The help of `slipway` and of every command below it, by its words (`token create`; '' for `slipway` itself), in their order. */
export async function allHelp(): Promise<ReadonlyMap<string, HelpText>> {
  return new Map(await helpBelow(''));
}

async function helpBelow(words: string): Promise<readonly (readonly [string, HelpText])[]> {
  const help = await helpOf(words);
  const all: (readonly [string, HelpText])[] = [[words, help]];
  for (const { name } of help.commands) {
    const [word = ''] = name.split(' ');
    if (word !== 'help') all.push(...(await helpBelow(`${words} ${word}`.trim())));
  }
  return all;
}

/** Asked in this process: a process for each command takes ten times as long. */
async function helpOf(words: string): Promise<HelpText> {
  const argv = [...words.split(' ').filter((word) => word !== ''), '--help', '--lang', 'en'];
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const code = await run(argv, contextOf(output, errors));
  if (code !== 0) throw new Error(`slipway ${argv.join(' ')}: ${await text(errors.end())}`);
  return readHelp(await text(output.end()));
}

/** Without a terminal, without a server and without an environment. */
function contextOf(output: PassThrough, errors: PassThrough): Context {
  return {
    cwd: '/',
    env: { NO_COLOR: '1' },
    platform: process.platform,
    now: () => Date.now(),
    input: new PassThrough(),
    output,
    errors,
    serverMain: () => {
      throw new Error('a help text needs no server');
    },
    onStop: () => () => undefined,
    timing: TIMING,
  };
}
