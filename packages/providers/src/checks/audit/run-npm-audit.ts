import { resolve } from 'node:path';
import type { CommandEnd, ProviderContext } from '@slipway/provider-kit';
import { readSettings, RetryableError, TerminalError } from '@slipway/provider-kit';
import { describeEnd } from '../../commands/describe-end.ts';
import { MAX_REPORT_BYTES } from '../junit/report.ts';
import type { AuditCheckConfig } from './schema.ts';

/** Without its own retries: whoever called us does that. Nothing of it is written to disk but npm's cache. */
const ARGV = [
  'npm',
  'audit',
  '--json',
  '--loglevel=silent',
  '--logs-max=0',
  '--fetch-retries=0',
  '--no-update-notifier',
] as const;

/** Runs npm audit; gives what it wrote. Its exit code only says that there is something, or that it failed: both are in its JSON. */
export async function runNpmAudit(
  config: AuditCheckConfig,
  context: ProviderContext<'commands' | 'directory' | 'secret'>,
): Promise<string> {
  const env = await readSettings(config.env, context.secret);
  context.signal.throwIfAborted();
  const lines: string[] = [];
  let characters = 0;
  const { end } = await context.commands.run({
    argv: ARGV,
    directory: resolve(context.directory, config.directory ?? '.'),
    env: { NODE_NO_WARNINGS: '1', ...env },
    timeoutMs: config.timeout,
    signal: context.signal,
    onLine(line) {
      characters += line.length + 1;
      if (characters <= MAX_REPORT_BYTES) lines.push(line);
    },
  });
  context.signal.throwIfAborted();
  refuseUnended(end);
  if (characters > MAX_REPORT_BYTES)
    throw new TerminalError(`npm audit wrote more than ${MAX_REPORT_BYTES} characters`);
  // Whatever a wrapper of npm says before or after is no part of it.
  return lines.slice(Math.max(0, lines.indexOf('{')), lines.lastIndexOf('}') + 1).join('\n');
}

function refuseUnended(end: CommandEnd): void {
  switch (end.kind) {
    case 'exited':
      return;
    case 'not-started':
      throw new TerminalError(`npm audit ${describeEnd(end)}`);
    case 'timed-out':
    case 'killed':
    case 'aborted':
      throw new RetryableError(`npm audit ${describeEnd(end)}`);
  }
}
