import { resolve } from 'node:path';
import type { CommandResult, ProcessMark, ProviderContext } from '@slipway/provider-kit';
import { readSettings } from '@slipway/provider-kit';
import type { Argv, CommandConfig } from './command-keys.ts';

export type CommandNeeds = 'commands' | 'directory' | 'secret';

/** What every process of an effect's commands carries in its environment, whichever attempt started it. */
export const effectMark = (effect: string): ProcessMark => ({ variable: 'SLIPWAY_EFFECT', value: effect });

/**
 * Runs a configured command; its output goes to the effect's log as it comes. The command finds the effect's id, the same for
 * every attempt, in SLIPWAY_EFFECT: its idempotency key. Rejects, and starts nothing, when the signal is aborted already.
 */
export async function runCommand(
  argv: Argv,
  config: CommandConfig,
  context: ProviderContext<CommandNeeds>,
): Promise<CommandResult> {
  const env = await readSettings(config.env, context.secret);
  context.signal.throwIfAborted();
  const mark = effectMark(context.effect);
  return await context.commands.run({
    argv,
    directory: resolve(context.directory, config.directory ?? '.'),
    env: { ...env, [mark.variable]: mark.value, SLIPWAY_ATTEMPT: String(context.attempt) },
    timeoutMs: config.timeout,
    signal: context.signal,
    onLine: context.log,
  });
}
