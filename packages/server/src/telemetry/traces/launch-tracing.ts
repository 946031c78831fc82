import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import type { Appended, Clock, LaunchStore, OnAppended } from '@slipway/engine';
import { SPAN_FATES, type SpanFate } from '../server-metrics.ts';
import { LaunchTrace } from './launch-trace.ts';
import { readableSpan } from './readable-span.ts';
import { traceIdOf } from './span-ids.ts';
import { toldExporter } from './told-exporter.ts';

export interface TracingPorts {
  /** Where traces go; null: nowhere. */
  readonly endpoint: string | null;
  readonly version: string;
  readonly store: Pick<LaunchStore, 'read'>;
  readonly clock: Clock;
  readonly onSpans: (fate: SpanFate, spans: number) => void;
  /** Told of what failed, at most once in ten minutes. */
  readonly onError: (error: unknown) => void;
}

/** Launches as traces. Nothing here is waited for by a launch, and nothing that fails here reaches one. */
export interface LaunchTracing {
  readonly onAppended: OnAppended;
  /** Gives what is left a moment to leave. */
  close(): Promise<void>;
}

/** How many launches' pasts are kept in memory; another's is read from its log when it goes on. */
const MOST_LAUNCHES = 500;
/** How many appends may wait for that; what comes on top is not told. */
const MOST_WAITING = 1_000;
/** Milliseconds. */
const QUIET = 600_000;
const CLOSING = 3_000;

export function createLaunchTracing(ports: TracingPorts): LaunchTracing {
  const { endpoint } = ports;
  return endpoint === null ? { onAppended: () => {}, close: async () => {} } : new Tracing(endpoint, ports);
}

class Tracing implements LaunchTracing {
  readonly #ports: TracingPorts;
  readonly #resource: Resource;
  readonly #processor: BatchSpanProcessor;
  /** By launch, the least lately used first. */
  readonly #traces = new Map<string, LaunchTrace>();
  #waiting = 0;
  #tail: Promise<void> = Promise.resolve();
  #complainedAt = -Infinity;

  constructor(endpoint: string, ports: TracingPorts) {
    this.#ports = ports;
    this.#resource = resourceOf(ports.version);
    // What the standard has beyond the address (headers, time-outs, compression, certificates) the exporter reads itself.
    const exporter = toldExporter(new OTLPTraceExporter({ url: endpoint }), (spans, error) => {
      ports.onSpans(error === null ? 'exported' : 'failed', spans);
      if (error !== null) this.#complain(error);
    });
    this.#processor = new BatchSpanProcessor({ exporter });
    // An increase can only be seen from a figure that was there before.
    for (const fate of SPAN_FATES) ports.onSpans(fate, 0);
  }

  readonly onAppended = (appended: Appended): void => {
    if (this.#waiting >= MOST_WAITING) return this.#complain(new Error('too much at once: some spans are not told'));
    this.#waiting += 1;
    this.#tail = this.#tail
      .then(() => this.#tell(appended))
      .catch((error: unknown) => {
        this.#traces.delete(appended.after.id);
        this.#complain(error);
      })
      .finally(() => (this.#waiting -= 1));
  };

  async close(): Promise<void> {
    const over = new AbortController();
    const flushed = this.#tail.then(() => this.#processor.shutdown()).catch((error: unknown) => this.#complain(error));
    await Promise.race([flushed, this.#ports.clock.sleep(CLOSING, over.signal)]);
    over.abort();
  }

  async #tell({ events, after }: Appended): Promise<void> {
    const trace = await this.#traceBefore(after.id, (events[0]?.seq ?? 1) - 1);
    const spans = events.flatMap((event) => trace.take(event));
    const origin = { trace: traceIdOf(after), resource: this.#resource, version: this.#ports.version };
    for (const span of spans) this.#processor.onEnd(readableSpan(span, origin));
    if (spans.length > 0) this.#ports.onSpans('made', spans.length);
    this.#keep(after.id, trace, after.mode.is === 'ended');
  }

  /** The launch's past up to an event. What another server appended is taken without being told: that one told it. */
  async #traceBefore(id: string, seq: number): Promise<LaunchTrace> {
    const known = this.#traces.get(id);
    const upTo = known?.launch?.head.seq ?? 0;
    if (upTo === seq) return known ?? new LaunchTrace();
    // Servers that take turns at a launch must not read all of it at each turn.
    const trace = known !== undefined && upTo < seq ? known : new LaunchTrace();
    const events = await this.#ports.store.read(id, trace.launch?.head.seq ?? 0);
    for (const event of events) if (event.seq <= seq) trace.take(event);
    return trace;
  }

  #keep(id: string, trace: LaunchTrace, ended: boolean): void {
    this.#traces.delete(id);
    if (!ended) this.#traces.set(id, trace);
    const [oldest] = this.#traces.keys();
    if (this.#traces.size > MOST_LAUNCHES && oldest !== undefined) this.#traces.delete(oldest);
  }

  #complain(error: unknown): void {
    const now = this.#ports.clock.now();
    if (Math.abs(now - this.#complainedAt) < QUIET) return;
    this.#complainedAt = now;
    this.#ports.onError(error);
  }
}

/** OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word, as the standard wants it. */
function resourceOf(version: string): Resource {
  const own = resourceFromAttributes({ 'service.name': 'slipway', 'service.version': version });
  const asked = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] });
  return defaultResource().merge(own).merge(asked);
}
