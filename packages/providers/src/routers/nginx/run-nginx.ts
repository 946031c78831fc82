import type { CommandResult } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Argv } from '../../commands/command-keys.ts';
import { describeEnd, lastLine } from '../../commands/describe-end.ts';
import type { Place } from './place.ts';

const timeoutMs = 10_000;

/** Throws TerminalError with nginx's own words where the configuration does not pass. */
export async function testConfiguration(place: Place): Promise<void> {
  const { test } = place.config;
  const result = await run(test, place);
  if (isFine(result)) return;
  throw new TerminalError(`nginx refuses its configuration, and the one before was put back: ${whyOf(test, result)}`);
}

/** Resolves when nginx was told. Throws TerminalError where the command may not do that, RetryableError where it did not. */
export async function reloadNginx(place: Place): Promise<void> {
  const { reload } = place.config;
  const result = await run(reload, place);
  if (isFine(result)) return;
  const message = `nginx could not be told to read its configuration: ${whyOf(reload, result)}`;
  throw result.end.kind === 'not-started' ? new TerminalError(message) : new RetryableError(message);
}

async function run(argv: Argv, { context }: Place): Promise<CommandResult> {
  context.signal.throwIfAborted();
  const { signal, dataDirectory: directory, log } = context;
  const result = await context.commands.run({ argv, directory, env: {}, timeoutMs, signal, onLine: log });
  signal.throwIfAborted();
  return result;
}

const isFine = ({ end }: CommandResult): boolean => end.kind === 'exited' && end.code === 0;

/** nginx says what is wrong in a line of its own, and last that something is. */
function whyOf([program]: Argv, { end, output }: CommandResult): string {
  const line = output.split('\n').find((each) => /\[(?:emerg|alert|crit|error)\]/.test(each)) ?? output;
  const said = lastLine(line);
  const ended = `${program} ${describeEnd(end)}`;
  return said === '' ? `${ended}; may Slipway's user run it?` : `${ended} and said "${said}"`;
}
