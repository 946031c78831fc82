import type { MeterProvider as Meters } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

/** What Prometheus' text format calls itself. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export interface Exposition {
  readonly meters: Meters;
  /** Everything measured so far, in Prometheus' text format. */
  read(): Promise<string>;
  close(): Promise<void>;
}

/** Metrics that are read when somebody asks. Belongs to one server: nothing global knows of it. */
export function createExposition(onError: (error: unknown) => void): Exposition {
  const reader = new OnDemandReader();
  const provider = new MeterProvider({ readers: [reader] });
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  let reading: Promise<string> | null = null;
  const read = async (): Promise<string> => {
    const { resourceMetrics, errors } = await reader.collect();
    for (const error of errors) onError(error);
    return serializer.serialize(resourceMetrics);
  };
  return {
    meters: provider,
    // Many who ask at once cost the database what one does.
    read: () => (reading ??= read().finally(() => (reading = null))),
    close: () => provider.shutdown(),
  };
}

class OnDemandReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}
