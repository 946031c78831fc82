import type { JudgeInput, MetricWindow } from './judge.ts';
import { type Measurement, measure, totalOf } from './measurement.ts';
import { latency, percent, plain, requests } from './words.ts';

/** A metric as people read it: what it is called, and what both arms show. */
export interface Figures {
  /** `errors`, `latency p99`. */
  readonly label: string;
  /** `31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests`. */
  readonly text: string;
}

/** null where the new version was not measured. */
export function figuresOf(metric: string, input: JudgeInput): Figures | null {
  const window = Object.hasOwn(input.window, metric) ? input.window[metric] : undefined;
  const value = window === undefined ? null : written(window.new);
  if (window === undefined || value === null) return null;
  const against = comparison(window, input.versions.old);
  const after = window.new.kind === 'gauge' ? '' : ` after ${requests(totalOf(window.new) ?? 0)}`;
  return {
    label: labelOf(metric, window.new),
    text: `${value} on ${input.versions.new}${against}${after}`,
  };
}

function comparison(window: MetricWindow, version: string | null): string {
  const value = written(window.old);
  return value === null || version === null ? '' : ` against ${value} on ${version}`;
}

function written(measurement: Measurement): string | null {
  const value = measure(measurement);
  if (value === null) return null;
  switch (measurement.kind) {
    case 'ratio':
      return percent(value);
    case 'latency':
      return latency(value);
    case 'gauge':
      return plain(value);
    case 'missing':
      return null;
  }
}

function labelOf(metric: string, measurement: Measurement): string {
  if (measurement.kind !== 'latency') return metric;
  return `${metric} p${Number((measurement.quantile * 100).toPrecision(6))}`;
}
