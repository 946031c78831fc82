import type { SloIndicator, SloMetricSource } from './catalogue.ts';
import type { Fields } from './fields.ts';
import { readMeta } from './read-meta.ts';

/**
 * An SLI: a document of its own, or inline. Only counts of events can be added up without losing their weight: a ratio that was
 * divided already (`raw`) and a value that is compared with a threshold cannot, and are refused.
 */
export function readIndicator(fields: Fields): SloIndicator | null {
  fields.header();
  const meta = fields.has('metadata') ? readMeta(fields) : null;
  const spec = fields.neededBelow('spec');
  fields.close();
  if (spec === null) return null;
  const description = spec.text('description');
  if (spec.has('thresholdMetric')) return spec.refuse('thresholdMetric', 'threshold-metric');
  const ratio = spec.neededBelow('ratioMetric');
  spec.close();
  if (ratio === null) return null;
  if (ratio.has('raw') || ratio.has('rawType')) return ratio.refuse('raw', 'raw-ratio');
  const counts = readCounts(ratio);
  return counts === null ? null : { meta, description, ...counts };
}

function readCounts(ratio: Fields): Pick<SloIndicator, 'counter' | 'counted' | 'part' | 'total'> | null {
  const counter = ratio.flag('counter');
  if (ratio.has('good') === ratio.has('bad')) return ratio.refuse('good', 'one-of-two');
  const counted = ratio.has('good') ? 'good' : 'bad';
  const part = readSource(ratio, counted);
  const total = readSource(ratio, 'total');
  ratio.close();
  return part === null || total === null ? null : { counter, counted, part, total };
}

function readSource(ratio: Fields, key: string): SloMetricSource | null {
  const metric = ratio.neededBelow(key);
  const source = metric?.neededBelow('metricSource') ?? null;
  metric?.close();
  if (source === null) return null;
  const read = { ref: source.text('metricSourceRef'), type: source.text('type'), spec: source.raw('spec') ?? null };
  source.close();
  return read;
}
