import type { Clock, OnAppended, StorageError } from '@slipway/engine';
import { STORAGE_PROBLEMS } from '../api/storage-refusal.ts';
import { METRICS } from './catalogue.ts';
import { createExposition } from './exposition.ts';
import { type FlagFigures, observeFlags } from './flag-metrics.ts';
import { createHttpMetrics, type HttpMetrics } from './http-metrics.ts';
import { Instruments } from './instruments.ts';
import { createLaunchMetrics } from './launch-metrics.ts';
import type { OnWork } from './observed-queue.ts';
import { observeProcess } from './process-metrics.ts';
import { createQueueMetrics } from './queue-metrics.ts';
import { observeState, type StatePorts } from './state-metrics.ts';

export interface MetricsOptions {
  readonly version: string;
  readonly clock: Clock;
  /** Told of figures that could not be had. */
  readonly onError: (error: unknown) => void;
}

/** The metrics of one server, and the places where it is told what happens. */
export interface ServerMetrics {
  readonly onAppended: OnAppended;
  readonly onConflict: () => void;
  readonly onStorageError: (code: StorageError['code']) => void;
  readonly onWork: OnWork;
  readonly onSpans: (fate: SpanFate, spans: number) => void;
  readonly http: HttpMetrics;
  /** From now on what the database knows is told, too. */
  watch(ports: StatePorts): void;
  /** From now on what serving flags comes to is told, too. */
  watchFlags(read: () => FlagFigures): void;
  /** Everything, in Prometheus' text format. */
  read(): Promise<string>;
  close(): Promise<void>;
}

/** What became of a span. */
export type SpanFate = (typeof SPAN_FATES)[number];
export const SPAN_FATES = ['made', 'exported', 'failed'] as const;

export function createServerMetrics({ version, clock, onError }: MetricsOptions): ServerMetrics {
  const exposition = createExposition(onError);
  const instruments = new Instruments(exposition.meters.getMeter('slipway', version));
  const conflicts = instruments.counter(METRICS.appendConflicts);
  const databaseErrors = instruments.counter(METRICS.databaseErrors);
  const spans = instruments.counter(METRICS.spans);
  const stopProcess = observeProcess(instruments, version);
  // An increase can only be seen from a figure that was there before.
  conflicts.add(0);
  for (const code of STORAGE_PROBLEMS) databaseErrors.add(0, { code });
  return {
    onAppended: createLaunchMetrics(instruments),
    onConflict: () => conflicts.add(1),
    onStorageError: (code) => databaseErrors.add(1, { code }),
    onWork: createQueueMetrics(instruments, clock),
    onSpans: (fate, count) => spans.add(count, { fate }),
    http: createHttpMetrics(instruments),
    watch: (ports) => observeState(instruments, ports, onError),
    watchFlags: (read) => observeFlags(instruments, read),
    read: () => exposition.read(),
    close: async () => {
      stopProcess();
      await exposition.close();
    },
  };
}
