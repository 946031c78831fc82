import { rm } from 'node:fs/promises';
import type { ProviderContext, RouterCounts, RouterState, Split } from '@slipway/provider-kit';
import { z } from 'zod';
import { connectDaemon, ensureDaemon, stopDaemon } from '../../daemon/index.ts';
import { routerOf, statePathOf } from './router-files.ts';
import type { RouterSettings } from './settings.ts';
import { readState } from './state-file.ts';
import { routerCounts, routerState } from './wire.ts';

type Context = ProviderContext<'dataDirectory'>;

/** The living router of an environment. Rejects as DaemonClient.call does. */
export interface RouterClient {
  state(): Promise<RouterState>;
  shift(split: Split): Promise<RouterState>;
  counts(): Promise<RouterCounts>;
}

const answerTimeoutMs = 10_000;
const startTimeoutMs = 20_000;
/** Longer than the grace that the router gives to what is in flight. */
const stopTimeoutMs = 20_000;

/** Starts the router where none runs; one that ran before restores itself. Throws as ensureDaemon does. */
export async function startRouter(
  settings: RouterSettings,
  environment: string,
  context: Context,
): Promise<RouterClient> {
  const daemon = await ensureDaemon({
    ...routerOf(context.dataDirectory, environment),
    entry: new URL('./router-daemon.ts', import.meta.url),
    settings,
    startTimeoutMs,
  });
  const options = { signal: context.signal, timeoutMs: answerTimeoutMs };
  return {
    state: async () => routerState.parse(await daemon.call('state', { settings }, options)),
    shift: async (split) => {
      const params = z.json().parse({ settings, split });
      return routerState.parse(await daemon.call('shift', params, options));
    },
    counts: async () => routerCounts.parse(await daemon.call('counts', null, options)),
  };
}

/** Null only where none was ever started: one that died is started again, for its clients still come. */
export async function findRouter(
  settings: RouterSettings,
  environment: string,
  context: Context,
): Promise<RouterClient | null> {
  const running = await connectDaemon(routerOf(context.dataDirectory, environment));
  const known = running !== null || (await readState(statePathOf(context.dataDirectory, environment))) !== null;
  return known ? await startRouter(settings, environment, context) : null;
}

/** Ends the router of an environment, after what is in flight (10 s at most), and forgets its split. Idempotent. */
export async function shutdownRouter(dataDirectory: string, environment: string): Promise<void> {
  const router = routerOf(dataDirectory, environment);
  await stopDaemon({ ...router, timeoutMs: stopTimeoutMs });
  await rm(router.directory, { recursive: true, force: true });
}
