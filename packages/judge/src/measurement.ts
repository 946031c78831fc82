import { countOf, type LatencyHistogram, quantileOf } from './histogram.ts';
import type { Bilingual } from './messages/language.ts';

/** What one arm did in the window since its weight was set, or of a gauge how it stands. A source that says nothing is `missing`, never a zero. */
export type Measurement =
  | { readonly kind: 'ratio'; readonly bad: number; readonly total: number }
  | { readonly kind: 'latency'; readonly histogram: LatencyHistogram; readonly quantile: number }
  /** How it stands now, in the metric's own unit. It rests on no number of requests. */
  | { readonly kind: 'gauge'; readonly value: number }
  /** `reasons`: the same in both languages, where it is not what a source said. */
  | { readonly kind: 'missing'; readonly reason: string; readonly reasons?: Bilingual };

/**
 * A measurement as one number: bad/total in 0..1, the latency quantile in milliseconds (at most 2.2 % too high), or the gauge itself.
 * null where there is none: nothing was answered, nothing was read, or the counts contradict themselves.
 */
export function measure(measurement: Measurement): number | null {
  if (measurement.kind === 'gauge') return Number.isFinite(measurement.value) ? measurement.value : null;
  const total = totalOf(measurement);
  if (total === null || total === 0) return null;
  switch (measurement.kind) {
    case 'ratio':
      return measurement.bad / total;
    case 'latency':
      return quantileOf(measurement.histogram, measurement.quantile);
    case 'missing':
      return null;
  }
}

/** Whether nothing was read, or what was read cannot be: no request more would mend it. */
export function isUnknown(measurement: Measurement): boolean {
  return (measurement.kind === 'gauge' ? measure(measurement) : totalOf(measurement)) === null;
}

/** Requests that a measurement rests on; null where it is missing, is a gauge, or its counts contradict themselves. */
export function totalOf(measurement: Measurement): number | null {
  switch (measurement.kind) {
    case 'ratio': {
      const { bad, total } = measurement;
      return Number.isFinite(total) && bad >= 0 && bad <= total ? total : null;
    }
    case 'latency':
      return countOf(measurement.histogram);
    case 'gauge':
    case 'missing':
      return null;
  }
}

/** How many of the slowest answers must lie above a quantile before it is more than the luck of one of them. */
const ANSWERS_ABOVE_QUANTILE = 3;
const ROUNDING_SLACK = 1e-6;

/** Requests that a measurement must rest on: `minSamples`; for a latency quantile q at least 3/(1-q) (p99: 300). Never enough for q = 1. A gauge needs none. */
export function samplesNeeded(measurement: Measurement, minSamples: number): number {
  if (measurement.kind === 'gauge') return 0;
  if (measurement.kind !== 'latency') return minSamples;
  const tail = ANSWERS_ABOVE_QUANTILE / (1 - measurement.quantile);
  return Math.max(minSamples, Math.ceil(tail - ROUNDING_SLACK));
}
