import { resolve } from 'node:path';
import type { CommandResult, ProviderContext } from '@slipway/provider-kit';
import { readSettings, RetryableError, TerminalError, unlessAborted } from '@slipway/provider-kit';
import type { CommandConfig } from './command-keys.ts';
import { describeEnd } from './describe-end.ts';
import type { CommandNeeds } from './run-command.ts';
import { effectMark } from './run-command.ts';

/**
 * What a command prints that is asked for something. It goes to no log and into no message: it may be more than what was asked.
 * Throws where the command gave no answer: it did not start, did not end with 0, or printed more than is kept (64 kB).
 */
export async function readCommand(config: CommandConfig, context: ProviderContext<CommandNeeds>): Promise<string> {
  const env = await readSettings(config.env, context.secret);
  context.signal.throwIfAborted();
  const mark = effectMark(context.effect);
  const running = context.commands.run({
    argv: config.argv,
    directory: resolve(context.directory, config.directory ?? '.'),
    env: { ...env, [mark.variable]: mark.value },
    timeoutMs: config.timeout,
    signal: context.signal,
  });
  // A program that ignores SIGTERM takes seconds to end; nobody waits for that.
  return outputOf(config.argv[0], await unlessAborted(running, context.signal));
}

function outputOf(program: string, { end, output, cut }: CommandResult): string {
  const ended = `${program} ${describeEnd(end)}`;
  switch (end.kind) {
    case 'exited':
      if (end.code !== 0) throw new RetryableError(`${ended}: it must exit with 0 to be believed; run it by hand`);
      if (cut) throw new TerminalError(`${program} printed more than can be read: print only what is asked`);
      return output;
    case 'not-started':
      throw new TerminalError(ended);
    case 'timed-out':
      throw new RetryableError(`${ended}: make it faster, or raise timeout`);
    case 'killed':
    case 'aborted':
      throw new RetryableError(ended);
  }
}
