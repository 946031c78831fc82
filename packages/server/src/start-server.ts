import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Changes,
  createEngine,
  createHandlers,
  createLaunchStore,
  createLeases,
  createSystemClock,
  createTokens,
  EnvironmentKeeper,
  inspectEnvironment,
  probeStorage,
  ProviderAccess,
  readWritten,
  StorageError,
} from '@slipway/engine';
import { createPlanLanguage } from '@slipway/plan';
import { createCommandRunner, createHttpClient, createRedactor, reasonOf } from '@slipway/provider-kit';
import { registry } from '@slipway/providers';
import type { Logger } from 'pino';
import { type App, buildApp } from './api/app.ts';
import type { Services } from './api/services.ts';
import { ensureLocalToken, isLocalToken, localTokenId } from './auth/local-token.ts';
import { type Address, isLoopback, listenOn } from './local/address.ts';
import { localPerson } from './local/local-person.ts';
import { createReadiness } from './local/readiness.ts';
import { shutDownIfFree, shutdownLocalEnvironment, type ShutdownPorts } from './local/shutdown-environment.ts';
import { openStorage, type Storage } from './storage/open-storage.ts';
import { refuseMoved } from './storage/refuse-moved.ts';
import { observedDatabase } from './telemetry/observed-database.ts';
import { observedQueue } from './telemetry/observed-queue.ts';
import { observedStore } from './telemetry/observed-store.ts';
import { createServerMetrics, type ServerMetrics } from './telemetry/server-metrics.ts';
import { createLaunchTracing, type LaunchTracing } from './telemetry/traces/launch-tracing.ts';
import { tracesEndpoint } from './telemetry/traces/traces-endpoint.ts';
import { VERSION } from './version.ts';

export interface ServerOptions {
  readonly listen: Address;
  /** Absolute folder under which plans must lie. */
  readonly workspace: string;
  /** Absolute folder of the server's data; null: in memory, nothing is kept and no launch can be started. */
  readonly dataDirectory: string | null;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface RunningServer {
  /** e.g. `http://127.0.0.1:7070` */
  readonly url: string;
  /** Of the person at this machine. */
  readonly token: string;
  /** Takes nothing new, lets executive work end for up to `grace` milliseconds, closes everything. */
  stop(grace: number): Promise<void>;
}

/** How many effects one server runs at once: soaks and locks mostly wait. */
const CONCURRENCY = 10_000;

/** Builds the whole server and starts it: the only place where its parts meet. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { logger, workspace } = options;
  const endpoint = tracesEndpoint(options.environment);
  const storage = await openStorage({
    dataDirectory: options.dataDirectory,
    databaseUrl: options.environment['DATABASE_URL'],
  });
  await refuseMoved(storage);
  const { dataDirectory } = storage;
  const clock = createSystemClock();
  const metrics = createServerMetrics({
    version: VERSION,
    clock,
    onError: (error) => logger.error({ err: error }, 'a metric cannot be read'),
  });
  const database = observedDatabase(storage.database, metrics.onStorageError);
  const bareQueue = await storage.openQueue(clock, {
    concurrency: CONCURRENCY,
    onError: (error, work) => {
      // The queue asks the database itself; what fails within its work is counted there.
      if (work === null && error instanceof StorageError) metrics.onStorageError(error.code);
      logger.error({ err: error, work }, 'work failed; it is tried again');
    },
  });
  const queue = observedQueue(bareQueue, metrics.onWork);
  const changes = await storage.openChanges(clock, (error) => logger.error({ err: error }, 'changes are not heard'));
  const heard = changes === null ? {} : { changes };
  const store = observedStore(createLaunchStore(database, queue, heard), metrics.onConflict);
  const tracing = createLaunchTracing({
    endpoint,
    version: VERSION,
    store,
    clock,
    onSpans: metrics.onSpans,
    onError: (error) => logger.warn({ reason: reasonOf(error) }, 'traces are not exported; launches go on without'),
  });
  const leases = createLeases(database);
  const tokens = createTokens(database);
  const redactor = createRedactor();
  const commands = createCommandRunner();
  const http = createHttpClient({});
  const access = new ProviderAccess({
    registry,
    http,
    commands,
    redactor,
    clock,
    dataDirectory,
    environment: options.environment,
  });
  const engine = createEngine({
    store,
    queue,
    leases,
    clock,
    redactor,
    ...heard,
    handlers: createHandlers(access, leases),
    onAppended: (appended) => {
      metrics.onAppended(appended);
      tracing.onAppended(appended);
    },
    onError: (error, what) => logger.error({ err: error }, what),
  });
  metrics.watch({ launches: engine, database, clock });
  const keeper = new EnvironmentKeeper({
    launches: engine,
    inspect: (place, signal) => inspectEnvironment(access, place, signal),
    clock,
    onError: (error, place) => logger.error({ err: error, place }, 'an environment did not answer; it is asked again'),
  });
  const shutdown: ShutdownPorts = {
    launches: engine,
    leases,
    clock,
    stop: (place) => shutdownLocalEnvironment(dataDirectory, place),
  };
  const stopping = new AbortController();
  const services: Services = {
    engine,
    tokens,
    clock,
    logger,
    metrics,
    workspace,
    dataDirectory,
    loopback: isLoopback(options.listen.host),
    language: createPlanLanguage(registry),
    version: VERSION,
    stopping: stopping.signal,
    unreadiness: createReadiness({
      probe: () => probeStorage(database, clock.now()),
      clock,
      stopping: stopping.signal,
    }),
    writtenEvents: (launch, after) => readWritten(database, launch, after),
    shutdownEnvironment: (place) => keeper.apart(() => shutDownIfFree(shutdown, place)),
  };
  try {
    const person = await localPerson(commands, options);
    const id = localTokenId(dataDirectory, changes !== null);
    const token = await ensureLocalToken(tokens, clock, { id, directory: dataDirectory, person });
    await requireTokensBeyondLoopback(options.listen, tokens);
    const app = await buildApp(services);
    const url = await listenOn(app, options.listen);
    if (options.dataDirectory !== null) {
      await engine.open();
      void keeper.run(stopping.signal);
      await writeServerFile(options.dataDirectory, url);
    }
    return {
      url,
      token,
      stop: (grace) => stop({ app, stopping, storage, changes, services, metrics, tracing, options }, grace),
    };
  } catch (error) {
    await tracing.close();
    await metrics.close();
    await changes?.close();
    await storage.close();
    throw error;
  }
}

/** Anybody on the network can reach it then: it must be somebody's wish, with people named. */
async function requireTokensBeyondLoopback(listen: Address, tokens: ReturnType<typeof createTokens>): Promise<void> {
  if (isLoopback(listen.host)) return;
  const people = (await tokens.list()).filter((row) => !isLocalToken(row.id));
  if (people.length > 0) return;
  throw new Error(
    `refuses to listen on ${listen.host} while nobody has a token: start on loopback, run "slipway token create PERSON --role operator", then listen there`,
  );
}

async function writeServerFile(directory: string, url: string): Promise<void> {
  await writeFile(join(directory, 'server.json'), `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 });
}

/** A file system that takes no changes any more keeps it: whoever reads it asks whether that server lives. */
async function removeServerFile(directory: string, logger: Logger): Promise<void> {
  await rm(join(directory, 'server.json'), { force: true }).catch((error: unknown) => {
    logger.error({ err: error }, 'server.json stays behind');
  });
}

interface Parts {
  readonly app: App;
  readonly stopping: AbortController;
  readonly storage: Storage;
  readonly changes: Changes | null;
  readonly services: Services;
  readonly metrics: ServerMetrics;
  readonly tracing: LaunchTracing;
  readonly options: ServerOptions;
}

async function stop(parts: Parts, grace: number): Promise<void> {
  parts.stopping.abort();
  await parts.app.close();
  if (parts.options.dataDirectory !== null) {
    await parts.services.engine.close(grace);
    await removeServerFile(parts.options.dataDirectory, parts.options.logger);
  }
  await parts.tracing.close();
  await parts.metrics.close();
  await parts.changes?.close();
  await parts.storage.close();
}
