import { createSystemClock, type FlagDeliveries, holdOnKill } from '@slipway/engine';
import { createCommandRunner } from '@slipway/provider-kit';
import { type App, buildApp } from './api/app.ts';
import { closeApp } from './api/close-app.ts';
import type { Services } from './api/services.ts';
import { ensureLocalToken, localTokenId } from './auth/local-token.ts';
import { KillAnnouncer } from './flags/announce/announce-kill.ts';
import { startFlagSync } from './flags/sync/sync-server.ts';
import { listenOn } from './local/address.ts';
import { localPerson } from './local/local-person.ts';
import { requireTokensBeyondLoopback } from './local/require-tokens.ts';
import { removeServerFile, writeServerFile } from './local/server-file.ts';
import { buildEngine } from './start/build-engine.ts';
import { buildServices } from './start/build-services.ts';
import { buildMetrics, buildTracing } from './start/observe.ts';
import { openState } from './start/open-state.ts';
import type { ServerOptions } from './start/server-options.ts';
import { tracesEndpoint } from './telemetry/traces/traces-endpoint.ts';

export type { ServerOptions } from './start/server-options.ts';

export interface RunningServer {
  /** e.g. `http://127.0.0.1:7070` */
  readonly url: string;
  /** Where flag definitions are served over gRPC; null: nowhere. */
  readonly flagSyncPort: number | null;
  /** Of the person at this machine. */
  readonly token: string;
  /** Takes nothing new, lets executive work end for up to `grace` milliseconds, closes everything. */
  stop(grace: number): Promise<void>;
}

/** Builds the whole server and starts it: its parts meet here and in start/, and nowhere else. What fails closes what it had opened. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { logger, dataDirectory } = options;
  await using opened = new AsyncDisposableStack();
  const endpoint = tracesEndpoint(options.environment);
  const clock = createSystemClock();
  const commands = createCommandRunner();
  const stopping = new AbortController();

  const metrics = opened.adopt(buildMetrics(options, clock), (each) => each.close());
  const state = await openState(options, { clock, metrics, logger, closing: opened });
  const { database, tokens } = state;
  const tracing = opened.adopt(buildTracing(options, { endpoint, state, clock, metrics }), (each) => each.close());

  const onAppended: typeof metrics.onAppended = (appended) => {
    metrics.onAppended(appended);
    tracing.onAppended(appended);
  };
  const delivery: FlagDeliveries = (set) => services.flagServing.delivery(set);
  const running = buildEngine(options, { state, clock, commands, onAppended, delivery });
  const { engine, keeper } = running;
  metrics.watch({ launches: engine, database, clock });

  const person = await localPerson(commands, options);
  const id = localTokenId(state.dataDirectory, state.changes !== null);
  const token = await ensureLocalToken(tokens, clock, { id, directory: state.dataDirectory, person });
  await requireTokensBeyondLoopback(options.listen.host, tokens);
  // Whoever asks for a flag as soon as somebody listens is served what is in force.
  await state.flags.open();

  // In memory no launch can be started, and there is none to take up.
  let open = dataDirectory === null;
  const isOpen = (): boolean => open;
  const services = buildServices(options, { state, running, clock, metrics, isOpen, stopping: stopping.signal });
  await services.flagServing.open();
  opened.defer(() => services.flagServing.close());
  const sync = options.flagSync === undefined ? null : await startFlagSync(options.flagSync, services);
  if (sync !== null) opened.defer(() => sync.close());
  void services.knownTokens.run(stopping.signal);
  const app = await buildApp(services);
  const url = await listenOn(app, options.listen);
  if (dataDirectory !== null) {
    await engine.open();
    open = true;
    const onHoldError = (error: unknown, launch: string | null): void =>
      logger.error({ err: error, launch }, 'a launch whose flag was killed is not held; look at it');
    opened.defer(holdOnKill({ flags: state.flags, launches: engine, clock, onError: onHoldError }));
    void keeper.run(stopping.signal);
    void new KillAnnouncer(services).run(stopping.signal);
    await writeServerFile(dataDirectory, url);
  }
  const closing = opened.move();
  return {
    url,
    flagSyncPort: sync?.port ?? null,
    token,
    stop: (grace) => stop({ options, app, services, stopping, closing }, grace),
  };
}

interface Parts {
  readonly options: ServerOptions;
  readonly app: App;
  readonly services: Services;
  readonly stopping: AbortController;
  readonly closing: AsyncDisposableStack;
}

async function stop({ options, app, services, stopping, closing }: Parts, grace: number): Promise<void> {
  stopping.abort();
  await closeApp(app);
  if (options.dataDirectory !== null) {
    await services.engine.close(grace);
    await removeServerFile(options.dataDirectory, options.logger);
  }
  await closing.disposeAsync();
}
