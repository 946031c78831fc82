import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import { isHealthy } from './health.ts';
import { lastLine } from './keep-end.ts';
import { type LocalServer, readLocalServer } from './local-server.ts';
import { requireOwnFolder } from './own-files.ts';
import { findServerMain } from './server-main.ts';

const LOOK_EVERY_MS = 50;

/**
 * Starts a server on a data folder that lives on after this command and its terminal. Throws Failure; when `stop` aborts, its
 * reason, and the server is ended again.
 */
export async function startServer(
  dataFolder: string,
  context: Context,
  { m, stop }: { m: Messages; stop: AbortSignal },
): Promise<LocalServer> {
  prepareDataFolder(dataFolder, m);
  const logFile = join(dataFolder, 'server.log');
  const log = openSync(logFile, 'a', 0o600);
  // Port 0: a fixed one would let a second project on this machine fail to start.
  const args = [findServerMain(context.serverMain, m), '--data', dataFolder, '--listen', '127.0.0.1:0'];
  const child = spawn(process.execPath, args, {
    cwd: dirname(dataFolder),
    env: context.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return untilReady(child, { dataFolder, logFile, context, m, stop });
}

interface Start {
  readonly dataFolder: string;
  readonly logFile: string;
  readonly context: Context;
  readonly m: Messages;
  readonly stop: AbortSignal;
}

async function untilReady(child: ChildProcess, start: Start): Promise<LocalServer> {
  const { dataFolder, context, m } = start;
  const state: { failed: Error | null } = { failed: null };
  child.once('error', (error) => (state.failed = error));
  const until = context.now() + context.timing.serverStart;
  while (context.now() < until && !start.stop.aborted) {
    if (state.failed !== null) throw new Failure('unavailable', m.failures.serverDied(state.failed.message));
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Failure('unavailable', m.failures.serverDied(lastLine(readEnd(start.logFile))));
    const server = readWhileItStarts(dataFolder, m);
    if (server !== null && server.pid === child.pid && (await isHealthy(server.endpoint.url))) return server;
    await sleep(LOOK_EVERY_MS);
  }
  child.kill('SIGTERM');
  start.stop.throwIfAborted();
  throw new Failure('unavailable', m.failures.serverNotReady(lastLine(readEnd(start.logFile))));
}

/** Its files may be half written, or be those of one that died. */
function readWhileItStarts(dataFolder: string, m: Messages): LocalServer | null {
  try {
    return readLocalServer(dataFolder, m);
  } catch {
    return null;
  }
}

/** The data hold a token and everything that a launch wrote: for the owner only, and never in git. */
export function prepareDataFolder(dataFolder: string, m: Messages): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const ignore = join(dataFolder, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (error) {
    throw new Failure('wrong-input', m.failures.badDataFolder(dataFolder, reasonOf(error)));
  }
  requireOwnFolder(dataFolder, m);
}

function readEnd(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : '';
}
