import { resolve } from 'node:path';
import type { CommandResult, MetricSourceProvider, ProviderContext } from '@slipway/provider-kit';
import { readSettings, RetryableError, TerminalError, unlessAborted } from '@slipway/provider-kit';
import type { Argv } from '../../commands/command-keys.ts';
import { describeEnd, lastLine } from '../../commands/describe-end.ts';
import type { ArmReading } from '../common/counts-reading.ts';
import { readArms } from '../common/read-arms.ts';
import { withVersion } from '../common/version-placeholder.ts';
import { readingOfOutput } from './reading-of-output.ts';
import type { CommandQuery } from './schema.ts';
import { commandQuerySchema } from './schema.ts';

type Needs = 'commands' | 'directory' | 'secret';
type Context = ProviderContext<Needs>;

/** Asks a program of the team's own for a version's counts or gauge: one line of JSON. */
export const commandMetricSource: MetricSourceProvider<CommandQuery, Needs> = {
  kind: 'metric-source',
  name: 'command',
  schema: commandQuerySchema,
  needs: ['commands', 'directory', 'secret'],
  async read(query, arms, context) {
    context.signal.throwIfAborted();
    const settings = await readSettings(query.env, context.secret);
    const env = { ...settings, SLIPWAY_ENVIRONMENT: arms.environment };
    return await readArms(arms, context.now, (version) => readVersion(query, { version, env }, context));
  },
};

interface Asked {
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
}

async function readVersion(query: CommandQuery, { version, env }: Asked, context: Context): Promise<ArmReading> {
  const [program, ...args] = query.argv;
  const argv: Argv = [program, ...args.map((word) => withVersion(word, version))];
  const { commands, signal } = context;
  // Its output goes to no log: a line for every look would drown the others.
  const running = commands.run({
    argv,
    directory: resolve(context.directory, query.directory ?? '.'),
    env: { ...env, SLIPWAY_VERSION: version },
    timeoutMs: query.timeout,
    signal,
  });
  // A program that ignores SIGTERM takes seconds to end; nobody waits for that.
  const result = await unlessAborted(running, signal);
  return readingOfOutput(query, outputOf(program, result), { now: context.now(), fresh: query.fresh });
}

/** Throws where the program gave no answer. */
function outputOf(program: string, { end, output }: CommandResult): string {
  const ended = `${program} ${describeEnd(end)}`;
  switch (end.kind) {
    case 'exited': {
      if (end.code === 0) return output;
      const last = lastLine(output);
      throw new RetryableError(
        `${ended}${last === '' ? '' : `, last line: ${last}`}: it must exit with 0 to be believed`,
      );
    }
    case 'not-started':
      throw new TerminalError(ended);
    case 'timed-out':
      throw new RetryableError(`${ended}: make it faster, or raise timeout`);
    case 'killed':
    case 'aborted':
      throw new RetryableError(ended);
  }
}
