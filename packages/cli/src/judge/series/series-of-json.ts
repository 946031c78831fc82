import { type BucketCount, BUCKETS, type MetricCounts } from '@slipway/judge';
import { z } from 'zod';
import { METRIC_NAME, MOST_METRICS, MOST_SECONDS, type Series, type SeriesSecond } from './series.ts';

const count = z.number().nonnegative();
const counts = z.array(count).max(MOST_SECONDS);

const ratio = z
  .strictObject({
    unit: z.literal('ratio'),
    new_units: counts,
    new_bad: counts,
    old_units: counts,
    old_bad: counts,
  })
  .superRefine(({ new_units, new_bad, old_units, old_bad }, context) => {
    const lengths = new Set([new_units, new_bad, old_units, old_bad].map(({ length }) => length));
    if (lengths.size > 1) context.addIssue({ code: 'custom', message: 'the four lists are not of one length' });
    for (const [name, bad, units] of [
      ['new_bad', new_bad, new_units],
      ['old_bad', old_bad, old_units],
    ] as const) {
      const at = bad.findIndex((value, index) => value > (units[index] ?? 0));
      if (at >= 0) context.addIssue({ code: 'custom', message: 'more than the units', path: [name, at] });
    }
  });

/** [bucket, count, bucket, count, …] */
const histogram = z
  .array(count)
  .max(2 * BUCKETS)
  .refine((flat) => flat.length % 2 === 0, { error: 'not pairs of a bucket and a count' })
  .refine((flat) => flat.every((bucket, index) => index % 2 === 1 || (Number.isInteger(bucket) && bucket < BUCKETS)), {
    error: `a bucket is a whole number below ${BUCKETS}`,
  });
const histograms = z.array(histogram).max(MOST_SECONDS);

const latency = z
  .strictObject({ unit: z.literal('milliseconds'), new: histograms, old: histograms })
  .refine(({ new: fresh, old }) => fresh.length === old.length, { error: 'the two lists are not of one length' });

/** A recorded series: by metric what both versions counted, the first entry of a list in second 1. */
export const seriesFile = z.strictObject({
  metrics: z
    .record(z.string().regex(METRIC_NAME), z.discriminatedUnion('unit', [ratio, latency]))
    .refine((metrics) => Object.keys(metrics).length <= MOST_METRICS, { error: `more than ${MOST_METRICS} metrics` })
    .refine((metrics) => Object.values(metrics).some((metric) => lengthOf(metric) > 0), { error: 'no second of data' }),
});

type MetricSeries = z.infer<typeof ratio> | z.infer<typeof latency>;

function lengthOf(metric: MetricSeries): number {
  return metric.unit === 'ratio' ? metric.new_units.length : metric.new.length;
}

/** A checked file as a series. */
export function seriesOfJson({ metrics }: z.infer<typeof seriesFile>): Series {
  const named = Object.entries(metrics);
  const length = Math.max(...named.map(([, metric]) => lengthOf(metric)));
  const seconds = Array.from({ length }, (_, index): SeriesSecond => {
    const read = named.filter(([, metric]) => index < lengthOf(metric));
    const pairs = read.map(([name, metric]) => [name, countsAt(metric, index)] as const);
    return { second: index + 1, counts: Object.fromEntries(pairs) };
  });
  return { metrics: named.map(([metric, { unit }]) => ({ metric, unit })), seconds };
}

function countsAt(metric: MetricSeries, index: number): MetricCounts {
  if (metric.unit === 'milliseconds')
    return { kind: 'latency', new: pairsOf(metric.new[index] ?? []), old: pairsOf(metric.old[index] ?? []) };
  return {
    kind: 'ratio',
    newUnits: metric.new_units[index] ?? 0,
    newBad: metric.new_bad[index] ?? 0,
    oldUnits: metric.old_units[index] ?? 0,
    oldBad: metric.old_bad[index] ?? 0,
  };
}

function pairsOf(flat: readonly number[]): readonly BucketCount[] {
  return Array.from({ length: flat.length / 2 }, (_, pair) => [flat[2 * pair] ?? 0, flat[2 * pair + 1] ?? 0] as const);
}
