import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** Told how an export ended: null, or why it failed. */
export type OnExport = (spans: number, error: unknown) => void;

/** An exporter whose results are told: the SDK keeps them to itself. */
export function toldExporter(exporter: SpanExporter, onExport: OnExport): SpanExporter {
  return {
    export: (spans: ReadableSpan[], done) =>
      exporter.export(spans, (result) => {
        // 0 is the SDK's word for success; its enumeration is in a package of its own.
        const failure = result.code === 0 ? null : (result.error ?? new Error('the collector refused the spans'));
        onExport(spans.length, failure);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}
