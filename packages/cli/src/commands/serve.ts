import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { readLocalServer } from '../connection/local-server.ts';
import { findServerMain } from '../connection/server-main.ts';
import { prepareDataFolder } from '../connection/start-server.ts';
import { isHealthy } from '../connection/health.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

const DEFAULT_LISTEN = '127.0.0.1:7070';

const path = z.string().min(1).max(4000);
const options = z.object({
  listen: z.string().min(1).max(200),
  data: path,
  policy: path.optional(),
  hook: z.array(z.string().min(1).max(4000)).max(40).optional(),
  flagSync: z.string().min(1).max(200).optional(),
  flagSyncCert: path.optional(),
  flagSyncKey: path.optional(),
  flagSyncInsecure: z.boolean().optional(),
  flagRequests: z.string().min(1).max(20).optional(),
  flagStreams: z.string().min(1).max(20).optional(),
});
type Options = z.infer<typeof options>;

export function addServe(cli: Cli): void {
  cli
    .verb('serve', 'serve', serve)
    .option('--listen <address>', cli.m.options.listen, DEFAULT_LISTEN)
    .option('--data <folder>', cli.m.options.data, '.slipway')
    .option('--policy <file>', cli.m.options.policy)
    .option('--hook <secret...>', cli.m.options.hook)
    .option('--flag-sync <address>', cli.m.options.flagSync)
    .option('--flag-sync-cert <file>', cli.m.options.flagSyncCert)
    .option('--flag-sync-key <file>', cli.m.options.flagSyncKey)
    .option('--flag-sync-insecure', cli.m.options.flagSyncInsecure)
    .option('--flag-requests <number>', cli.m.options.flagRequests)
    .option('--flag-streams <number>', cli.m.options.flagStreams);
}

/** Runs the server as long as this command runs, and passes on how it ended. */
async function serve(session: Session): Promise<ExitCode> {
  const { context, m } = session;
  const { listen, data, policy, hook = [], ...flags } = session.options(options);
  const dataFolder = resolve(context.cwd, data);
  await refuseSecond(session, dataFolder);
  prepareDataFolder(dataFolder, m);
  const child = spawn(
    process.execPath,
    [
      findServerMain(context.serverMain, m),
      '--data',
      dataFolder,
      '--listen',
      listen,
      ...(policy === undefined ? [] : ['--policy', resolve(context.cwd, policy)]),
      ...hook.flatMap((secret) => ['--hook', fromRoot(secret, context.cwd)]),
      ...flagArguments(context.cwd, flags),
    ],
    {
      cwd: dirname(dataFolder),
      env: context.env,
      stdio: ['ignore', context.output === process.stdout ? 'inherit' : 'ignore', 'inherit'],
    },
  );
  const stopListening = context.onStop((signal) => {
    // A terminal sends Ctrl-C to the server as well; sent twice, it would read as "stop at once".
    if (signal === 'SIGTERM' || context.input.isTTY !== true) child.kill(signal);
  });
  try {
    const [code, signal] = await once(child, 'exit');
    return code === 0 || signal === 'SIGTERM' || signal === 'SIGINT' ? EXIT.ok : EXIT.failure;
  } catch (error) {
    throw new Failure('unavailable', m.failures.serverDied(error instanceof Error ? error.message : ''));
  } finally {
    stopListening();
  }
}

/** `SENDER=file:PATH` with the path from the root; anything else as it is. */
function fromRoot(secret: string, cwd: string): string {
  const [, before, file] = /^([a-z]+=file:)(.+)$/.exec(secret) ?? [];
  return before === undefined || file === undefined ? secret : `${before}${resolve(cwd, file)}`;
}

/** The server runs in another folder: files are named from the root. */
function flagArguments(cwd: string, options: Omit<Options, 'listen' | 'data' | 'policy' | 'hook'>): readonly string[] {
  const { flagSync, flagSyncCert, flagSyncKey, flagSyncInsecure, flagRequests, flagStreams } = options;
  const given: readonly (readonly [string, string | undefined])[] = [
    ['--flag-sync', flagSync],
    ['--flag-sync-cert', flagSyncCert === undefined ? undefined : resolve(cwd, flagSyncCert)],
    ['--flag-sync-key', flagSyncKey === undefined ? undefined : resolve(cwd, flagSyncKey)],
    ['--flag-requests', flagRequests],
    ['--flag-streams', flagStreams],
  ];
  const named = given.flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  return flagSyncInsecure === true ? [...named, '--flag-sync-insecure'] : named;
}

async function refuseSecond(session: Session, dataFolder: string): Promise<void> {
  const running = readLocalServer(dataFolder, session.m);
  if (running === null || !(await isHealthy(running.endpoint.url))) return;
  throw new Failure('conflict', session.m.failures.runsAlready(running.endpoint.url.origin, running.pid));
}
