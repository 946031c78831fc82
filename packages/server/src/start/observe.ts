import type { Clock } from '@slipway/engine';
import { reasonOf } from '@slipway/provider-kit';
import { createServerMetrics, type ServerMetrics } from '../telemetry/server-metrics.ts';
import { createLaunchTracing, type LaunchTracing } from '../telemetry/traces/launch-tracing.ts';
import { VERSION } from '../version.ts';
import type { ServerState } from './open-state.ts';
import type { ServerOptions } from './server-options.ts';

export function buildMetrics({ logger }: ServerOptions, clock: Clock): ServerMetrics {
  const onError = (error: unknown): void => logger.error({ err: error }, 'a metric cannot be read');
  return createServerMetrics({ version: VERSION, clock, onError });
}

export interface TracingParts {
  /** Where traces go; null: nowhere. */
  readonly endpoint: string | null;
  readonly state: ServerState;
  readonly clock: Clock;
  readonly metrics: ServerMetrics;
}

export function buildTracing({ logger }: ServerOptions, parts: TracingParts): LaunchTracing {
  const { endpoint, state, clock, metrics } = parts;
  return createLaunchTracing({
    endpoint,
    version: VERSION,
    store: state.store,
    clock,
    onSpans: metrics.onSpans,
    onError: (error) => logger.warn({ reason: reasonOf(error) }, 'traces are not exported; launches go on without'),
  });
}
