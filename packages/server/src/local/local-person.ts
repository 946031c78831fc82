import { userInfo } from 'node:os';
import type { CommandRunner } from '@slipway/provider-kit';

interface Where {
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Who sits at this machine, as plans name people: SLIPWAY_PERSON, else git's e-mail address here, else the user's name. */
export async function localPerson(commands: CommandRunner, { workspace, environment }: Where): Promise<string> {
  const named = environment['SLIPWAY_PERSON']?.trim();
  if (named !== undefined && named !== '') return named;
  const { end, output } = await commands.run({
    argv: ['git', 'config', 'user.email'],
    directory: workspace,
    env: {},
    timeoutMs: 5_000,
    signal: new AbortController().signal,
  });
  const email = output.trim();
  return end.kind === 'exited' && end.code === 0 && email !== '' ? email : userInfo().username;
}
