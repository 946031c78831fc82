import type { AnalysisRules, BucketCount, JudgedMetric, MetricCounts, MetricWindow } from '@slipway/judge';

type Counts = Readonly<Record<string, MetricCounts>>;

/** What both versions did in all of these seconds, for a sentence. */
export function windowAfter(
  seconds: readonly Counts[],
  { metrics }: AnalysisRules,
): Readonly<Record<string, MetricWindow>> {
  return Object.fromEntries(metrics.map((metric) => [metric.metric, totalOf(seconds, metric)] as const));
}

function totalOf(seconds: readonly Counts[], { metric, quantile, unit }: JudgedMetric): MetricWindow {
  const ratio = { new: { bad: 0, total: 0 }, old: { bad: 0, total: 0 } };
  const latency: { readonly new: Record<number, number>; readonly old: Record<number, number> } = { new: {}, old: {} };
  for (const counts of seconds) {
    const each = Object.hasOwn(counts, metric) ? counts[metric] : undefined;
    if (each?.kind === 'ratio') {
      ratio.new.bad += each.newBad;
      ratio.new.total += each.newUnits;
      ratio.old.bad += each.oldBad;
      ratio.old.total += each.oldUnits;
    } else if (each?.kind === 'latency') {
      addTo(latency.new, each.new);
      addTo(latency.old, each.old);
    }
  }
  return unit === 'ratio'
    ? { new: { kind: 'ratio', ...ratio.new }, old: { kind: 'ratio', ...ratio.old } }
    : {
        new: { kind: 'latency', histogram: latency.new, quantile },
        old: { kind: 'latency', histogram: latency.old, quantile },
      };
}

function addTo(histogram: Record<number, number>, counts: readonly BucketCount[]): void {
  for (const [bucket, count] of counts) histogram[bucket] = (histogram[bucket] ?? 0) + count;
}
