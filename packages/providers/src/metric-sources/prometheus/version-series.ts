import type { Reading } from '@slipway/provider-kit';
import { staleReason } from '../common/fresh.ts';
import { missing } from '../router/reading-of.ts';
import type { Part, SampledSeries } from './ask.ts';
import { wasSeen } from './ask.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import type { PrometheusQuery } from './schema.ts';

/** A part's series of one version. A text says why no series can be told to be of any. */
export function versionSeries(part: Part, { by }: PrometheusQuery, version: string): readonly SampledSeries[] | string {
  if (part.series.length > 0 && part.series.every(({ labels }) => labels[by] === undefined))
    return `${part.name} gives series without the label ${by}: name the label of the version in by`;
  return seriesOf(part, by, version);
}

/** The series whose label `by` is the version. */
export const seriesOf = (part: Part, by: string, version: string): readonly SampledSeries[] =>
  part.series.filter(({ labels }) => labels[by] === version);

/** Why the newest of a version's series is too old, by Prometheus' own clock; null where it is not, or there is none. */
export function staleSeries(own: readonly SampledSeries[], { fresh }: PrometheusQuery): string | null {
  const [first] = own;
  if (first === undefined) return null;
  const newest = Math.max(...own.map(({ sampledAt }) => sampledAt));
  return staleReason(newest * 1000, { now: first.at * 1000, fresh });
}

/** A version without series that nothing is remembered of: one that Prometheus lost, or one that it never met. */
export async function absentReading(
  api: PrometheusApi,
  query: PrometheusQuery,
  { main, version }: { readonly main: Part; readonly version: string },
): Promise<Reading> {
  if (await wasSeen(api, query, version))
    return missing(`Prometheus lost ${version}: it had samples in the past hour; is it still scraped?`);
  const others = [...new Set(main.series.flatMap(({ labels }) => labels[query.by] ?? []))].slice(0, 5);
  const there = others.length === 0 ? 'no series at all' : `only ${query.by} ${others.join(', ')}`;
  return { kind: 'unseen', reason: `${main.name} has no series of version ${version}, ${there}` };
}
