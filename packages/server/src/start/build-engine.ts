import {
  type Clock,
  createEngine,
  createHandlers,
  type Engine,
  EnvironmentKeeper,
  type FlagDeliveries,
  inspectEnvironment,
  type OnAppended,
  ProviderAccess,
  readShards,
  type ShardsAsked,
  type ShardsRead,
} from '@slipway/engine';
import { type CommandRunner, createHttpClient, createRedactor } from '@slipway/provider-kit';
import { registry } from '@slipway/providers';
import { createRehearser } from '../rehearsal/rehearser.ts';
import { runInWorker } from '../rehearsal/run-in-worker.ts';
import { VERSION } from '../version.ts';
import type { ServerState } from './open-state.ts';
import type { ServerOptions } from './server-options.ts';

export interface EngineParts {
  readonly state: ServerState;
  readonly clock: Clock;
  readonly commands: CommandRunner;
  readonly onAppended: OnAppended;
  /** Asked once the engine is open. */
  readonly delivery: FlagDeliveries;
}

/** What runs launches, and what looks after the environments that they leave. */
export interface Running {
  readonly engine: Engine;
  readonly keeper: EnvironmentKeeper;
  readonly readShards: (asked: ShardsAsked, signal: AbortSignal) => Promise<ShardsRead>;
}

/** Nothing runs yet. */
export function buildEngine({ logger, environment }: ServerOptions, parts: EngineParts): Running {
  const { clock, commands, onAppended, delivery } = parts;
  const { dataDirectory, store, queue, leases, changes, flags, flagCounter } = parts.state;
  const redactor = createRedactor();
  const http = createHttpClient({});
  const rehearser = createRehearser({ run: runInWorker, clock, version: VERSION });
  const records = { launches: store, rehearser };
  const machine = { registry, http, commands, redactor, clock, flagCounter, dataDirectory, environment, ...records };
  const access = new ProviderAccess(machine);
  const engine = createEngine({
    store,
    queue,
    leases,
    clock,
    redactor,
    ...(changes === null ? {} : { changes }),
    handlers: createHandlers(access, leases, { flags, delivery }),
    onAppended,
    onError: (error, what) => logger.error({ err: error }, what),
  });
  const keeper = new EnvironmentKeeper({
    launches: engine,
    inspect: (place, signal) => inspectEnvironment(access, place, signal),
    clock,
    onError: (error, place) => logger.error({ err: error, place }, 'an environment did not answer; it is asked again'),
  });
  return { engine, keeper, readShards: (asked, signal) => readShards(access, asked, signal) };
}
