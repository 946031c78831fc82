import { resolve } from 'node:path';
import type { CommandResult, ProviderContext } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { describeEnd, lastLine } from '../../commands/describe-end.ts';
import type { GitCheckConfig } from './schema.ts';

const TIMEOUT_MS = 60_000;
/** English messages, no questions asked, no lock taken: a check changes nothing. And history as it was written: no replaced commits. */
const ENV = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1' };

/** What a question to git needs to know. */
export interface Asking {
  readonly config: GitCheckConfig;
  readonly context: ProviderContext<'commands' | 'directory'>;
}

export interface GitAnswer {
  readonly code: number;
  readonly output: string;
  readonly cut: boolean;
}

/** Asks git. An exit code other than those that are answers throws: no repository, a broken one, no commit yet. */
export async function git(
  args: readonly string[],
  answers: readonly number[],
  { config, context }: Asking,
): Promise<GitAnswer> {
  context.signal.throwIfAborted();
  const result = await context.commands.run({
    // A repository's own configuration may name a program to watch files with; a check starts none. Nor may it hide a doubt.
    argv: ['git', '-c', 'core.fsmonitor=false', '-c', 'core.warnAmbiguousRefs=true', ...args],
    directory: resolve(context.directory, config.directory ?? '.'),
    env: ENV,
    timeoutMs: TIMEOUT_MS,
    signal: context.signal,
  });
  context.signal.throwIfAborted();
  return answerOf(args[0] ?? '', answers, result);
}

function answerOf(command: string, answers: readonly number[], { end, output, cut }: CommandResult): GitAnswer {
  const ended = `git ${command} ${describeEnd(end)}`;
  switch (end.kind) {
    case 'exited':
      if (answers.includes(end.code)) return { code: end.code, output, cut };
      throw new TerminalError(`${ended}: ${lastLine(output)}`);
    case 'not-started':
      throw new TerminalError(ended);
    case 'timed-out':
    case 'killed':
    case 'aborted':
      throw new RetryableError(ended);
  }
}
