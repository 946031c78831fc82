import type { InstantSeries } from './api-answer.ts';
import { labelsKey } from './labels-key.ts';
import type { NamedQuery, PrometheusApi } from './prometheus-api.ts';
import type { PrometheusQuery } from './schema.ts';

/** timestamp() drops the name of the metric. */
const NAME = '__name__';

/** A series, with the epoch seconds at which its sample was taken; that of an expression is as old as the query. */
export interface SampledSeries extends InstantSeries {
  readonly sampledAt: number;
}

/** The series of one of the plan's queries. */
export interface Part {
  readonly name: string;
  readonly series: readonly SampledSeries[];
}

export interface Answers {
  /** Everything that was counted, the total or the buckets; or the gauge. */
  readonly main: Part;
  /** What went wrong; null for a histogram or a gauge. */
  readonly bad: Part | null;
}

/** All queries of a metric, worked out for one moment of Prometheus' clock. */
export async function ask(api: PrometheusApi, query: PrometheusQuery): Promise<Answers> {
  const main = mainQuery(query);
  const series = await api.instant(main, null);
  const at = series[0]?.at ?? null;
  if (!('ratio' in query)) return { main: await sampled(api, main, series), bad: null };
  const bad = { name: 'ratio.bad', promql: query.ratio.bad };
  const [mainPart, badPart] = await Promise.all([
    sampled(api, main, series),
    api.instant(bad, at).then((found) => sampled(api, bad, found)),
  ]);
  return { main: mainPart, bad: badPart };
}

/** Whether Prometheus had a sample of the version in the past hour. */
export async function wasSeen(api: PrometheusApi, query: PrometheusQuery, version: string): Promise<boolean> {
  const { name, promql } = mainQuery(query);
  const past = isSelector(promql) ? `${promql}[1h]` : `(${promql}\n)[1h:1m]`;
  const seen = await api.instant({ name, promql: `max by (${query.by}) (count_over_time(${past}))` }, null);
  return seen.some(({ labels }) => labels[query.by] === version);
}

/** Of a plain selector every sample can be asked for; of an expression only what it was each minute. */
const isSelector = (promql: string): boolean => /^\s*[a-zA-Z_:][\w:]*\s*(\{[^{}]*\})?\s*$/.test(promql);

function mainQuery(query: PrometheusQuery): NamedQuery {
  if ('ratio' in query) return { name: 'ratio.total', promql: query.ratio.total };
  return 'value' in query ? { name: 'value', promql: query.value } : { name: 'histogram', promql: query.histogram };
}

async function sampled(api: PrometheusApi, query: NamedQuery, series: readonly InstantSeries[]): Promise<Part> {
  const [first] = series;
  if (first === undefined) return { name: query.name, series: [] };
  const times = await api.instant({ name: query.name, promql: `timestamp(${query.promql}\n)` }, first.at);
  const byLabels = new Map(times.map(({ labels, value }) => [labelsKey(labels, NAME), Number(value)]));
  const withTime = series.map((each) => ({
    ...each,
    sampledAt: byLabels.get(labelsKey(each.labels, NAME)) ?? each.at,
  }));
  return { name: query.name, series: withTime };
}
