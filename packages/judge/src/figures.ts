import type { JudgeInput } from './judge.ts';
import { type Measurement, measure, totalOf } from './measurement.ts';
import type { Catalogue } from './messages/catalogue.ts';
import type { LabelledFigures } from './messages/figures.ts';

/** What both arms show of a metric: `31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests`. null where the new version was not measured. */
export function figuresOf(metric: string, input: JudgeInput, words: Catalogue): LabelledFigures | null {
  const window = Object.hasOwn(input.window, metric) ? input.window[metric] : undefined;
  const value = window === undefined ? null : written(window.new, words);
  if (window === undefined || value === null) return null;
  const { versions } = input;
  const old = written(window.old, words);
  const text = words.analysis.figures({
    fresh: { value, version: versions.new },
    old: old === null || versions.old === null ? null : { value: old, version: versions.old },
    requests: window.new.kind === 'gauge' ? null : (totalOf(window.new) ?? 0),
  });
  return { label: labelOf(metric, window.new), text };
}

function written(measurement: Measurement, { analysis, gauges }: Catalogue): string | null {
  const value = measure(measurement);
  if (value === null) return null;
  switch (measurement.kind) {
    case 'ratio':
      return analysis.percent(value);
    case 'latency':
      return analysis.latency(value);
    case 'gauge':
      return gauges.amount(value, '');
    case 'missing':
      return null;
  }
}

function labelOf(metric: string, measurement: Measurement): string {
  if (measurement.kind !== 'latency') return metric;
  return `${metric} p${Number((measurement.quantile * 100).toPrecision(6))}`;
}
