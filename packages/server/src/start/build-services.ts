import { type Clock, createHookDeliveries, probeStorage, readWritten } from '@slipway/engine';
import { createPlanLanguage } from '@slipway/plan';
import { registry } from '@slipway/providers';
import type { Services } from '../api/services.ts';
import { KnownTokens } from '../auth/known-tokens.ts';
import { createFlagServing } from '../flags/index.ts';
import { NO_HOOKS } from '../hooks/hook-keys.ts';
import { createReceiver } from '../hooks/receive.ts';
import { isLoopback } from '../local/address.ts';
import { createReadiness } from '../local/readiness.ts';
import { shutDownIfFree, shutdownLocalEnvironment, type ShutdownPorts } from '../local/shutdown-environment.ts';
import type { ServerMetrics } from '../telemetry/server-metrics.ts';
import { VERSION } from '../version.ts';
import type { Running } from './build-engine.ts';
import type { ServerState } from './open-state.ts';
import type { ServerOptions } from './server-options.ts';

export interface ServiceParts {
  readonly state: ServerState;
  readonly running: Running;
  readonly clock: Clock;
  readonly metrics: ServerMetrics;
  /** Whether what was under way is taken up. */
  readonly isOpen: () => boolean;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
}

/** What the routes may use. */
export function buildServices(
  { logger, workspace, listen, flagLimits, policyFile, hookKeys }: ServerOptions,
  parts: ServiceParts,
): Services {
  const { clock, metrics, isOpen, stopping } = parts;
  const { engine, keeper, readShards } = parts.running;
  const { dataDirectory, database, leases, tokens, flags, flagKeys, flagCounter } = parts.state;
  const shutdown: ShutdownPorts = {
    launches: engine,
    leases,
    clock,
    stop: (place) => shutdownLocalEnvironment(dataDirectory, place),
  };
  const loopback = isLoopback(listen.host);
  const serving = { flags, flagKeys, flagCounter, clock, logger, loopback, stopping };
  const flagServing = createFlagServing({ ...serving, ...(flagLimits === undefined ? {} : { limits: flagLimits }) });
  metrics.watchFlags(() => flagServing.figures());
  return {
    engine,
    tokens,
    knownTokens: new KnownTokens({
      tokens,
      clock,
      onError: (error) =>
        logger.warn({ err: error }, 'tokens cannot be read; those that were known go on for ways back'),
    }),
    flags,
    flagKeys,
    flagCounter,
    clock,
    logger,
    metrics,
    workspace,
    dataDirectory,
    policyFile: policyFile ?? null,
    loopback,
    language: createPlanLanguage(registry),
    version: VERSION,
    stopping,
    unreadiness: createReadiness({ probe: () => probeStorage(database, clock.now()), clock, isOpen, stopping }),
    writtenEvents: (launch, part) => readWritten(database, launch, part),
    readShards,
    flagServing,
    receiveHook: createReceiver({ keys: hookKeys ?? NO_HOOKS, deliveries: createHookDeliveries(database), engine }),
    shutdownEnvironment: (place) => keeper.apart(() => shutDownIfFree(shutdown, place)),
  };
}
