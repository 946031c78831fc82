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

const options = z.object({ listen: z.string().min(1).max(200), data: z.string().min(1).max(4000) });

export function addServe(cli: Cli): void {
  cli
    .verb('serve', 'serve', serve)
    .option('--listen <address>', cli.m.options.listen, DEFAULT_LISTEN)
    .option('--data <folder>', cli.m.options.data, '.slipway');
}

/** Runs the server as long as this command runs, and passes on how it ended. */
async function serve(session: Session): Promise<ExitCode> {
  const { context, m } = session;
  const { listen, data } = session.options(options);
  const dataFolder = resolve(context.cwd, data);
  await refuseSecond(session, dataFolder);
  prepareDataFolder(dataFolder, m);
  const child = spawn(
    process.execPath,
    [findServerMain(context.serverMain, m), '--data', dataFolder, '--listen', listen],
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

async function refuseSecond(session: Session, dataFolder: string): Promise<void> {
  const running = readLocalServer(dataFolder, session.m);
  if (running === null || !(await isHealthy(running.endpoint.url))) return;
  throw new Failure('conflict', session.m.failures.runsAlready(running.endpoint.url.origin, running.pid));
}
