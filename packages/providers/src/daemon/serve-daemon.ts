import { rm } from 'node:fs/promises';
import type { Json } from '@slipway/provider-kit';
import { reasonOf } from '@slipway/provider-kit';
import type { DaemonFiles } from './daemon-files.ts';
import { filesOf } from './daemon-files.ts';
import type { DaemonLock } from './daemon-lock.ts';
import { takeLock } from './daemon-lock.ts';
import { writeRecord } from './daemon-record.ts';
import type { Handlers } from './daemon-server.ts';
import { listen } from './daemon-server.ts';
import type { IdleEnd } from './watch-idle.ts';
import { watchIdle } from './watch-idle.ts';
import { watchFiles } from './watch-files.ts';
import { anotherLives, daemonProtocol, daemonStart, startVariable } from './wire.ts';

/** What a daemon is told at its start. It is the only one of its address: the lock is held before this is handed out. */
export interface DaemonStart {
  readonly directory: string;
  readonly name: string;
  readonly settings: Json;
  /** Adds a line, with the time, to the daemon's log. */
  readonly log: (line: string) => void;
  /** Ends the daemon gracefully, as SIGTERM and the method `stop` do. */
  readonly stop: () => void;
}

export interface DaemonService {
  /** By method. `hello` and `stop` are the daemon's own and refused here. */
  readonly handlers: Handlers;
  /** Called once, when no request is accepted any more and those in flight have been aborted and have ended. */
  onStop(): Promise<void>;
  /** Lets the daemon end by itself; without it, it stays until it is stopped. */
  readonly idle?: IdleEnd;
}

export interface DaemonDefinition {
  /** See ConnectOptions.version. */
  readonly version?: number;
  open(start: DaemonStart): Promise<DaemonService>;
}

/** Long enough for a probe's shared lock to pass (it lasts under a millisecond); a living daemon's does not. */
const lockWaitMs = 100;

/**
 * The main function of a daemon: takes the lock (or leaves, when another one lives), opens the service, listens, and serves until
 * SIGTERM, `stop`, or until its folder is removed. Resolves when it has stopped; the process then exits.
 * The death of the one who started it, a closed terminal and Ctrl-C do not end it.
 */
export async function serveDaemon(definition: DaemonDefinition): Promise<void> {
  const ignore = (): void => undefined;
  process.on('SIGHUP', ignore).on('SIGINT', ignore);
  const { directory, name, settings } = takeStart();
  const files = filesOf({ directory, name });
  const lock = takeLock(files.lock, lockWaitMs);
  if (lock === null) process.exit(anotherLives);
  const stopping = Promise.withResolvers<void>();
  process.on('SIGTERM', stopping.resolve);
  const start: DaemonStart = { directory, name, settings, log: writeLine, stop: stopping.resolve };
  try {
    await serve(definition, start, { files, stopping: stopping.promise });
  } catch (thrown) {
    writeLine(`failed: ${reasonOf(thrown)}`);
    process.exitCode = 1;
  }
  leave(lock);
}

interface Serving {
  readonly files: DaemonFiles;
  readonly stopping: Promise<void>;
}

async function serve(definition: DaemonDefinition, start: DaemonStart, { files, stopping }: Serving): Promise<void> {
  // What a dead predecessor left would send callers to a socket that nobody serves.
  await Promise.all([rm(files.record, { force: true }), rm(files.socket, { force: true })]);
  const service = await definition.open(start);
  const identity = { name: start.name, pid: process.pid, startedAt: Date.now(), version: definition.version ?? 1 };
  const server = await listen(files.socket, { identity, handlers: service.handlers, stop: start.stop, log: start.log });
  const { pid, startedAt, version } = identity;
  await writeRecord(files.record, { pid, startedAt, version, socket: files.socket, protocol: daemonProtocol });
  start.log(`${start.name} serves, pid ${pid}`);
  const watches = [watchFiles(files, start)];
  if (service.idle !== undefined) watches.push(watchIdle(service.idle, server, start));
  await stopping;
  start.log(`${start.name} stops`);
  for (const watch of watches) watch.end();
  await server.close();
  await service.onStop();
  await rm(files.record, { force: true });
}

/** The start is taken out of the environment so that nothing the daemon starts sees it. */
function takeStart(): { directory: string; name: string; settings: Json } {
  const given = process.env[startVariable];
  if (given === undefined) throw new Error(`${startVariable} is not set: daemons are started by ensureDaemon`);
  delete process.env[startVariable];
  return daemonStart.parse(JSON.parse(given));
}

function writeLine(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

/** Exits in so many words: a forgotten timer or socket must not keep a stopped daemon, and its lock, alive. */
function leave(lock: DaemonLock): never {
  lock.release();
  process.exit();
}
