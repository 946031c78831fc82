import { randomUUID } from 'node:crypto';
import type { Arms, MetricSourceProvider, ProviderContext, Reading } from '@slipway/provider-kit';
import type { ArmReading } from '../common/counts-reading.ts';
import { ageText } from '../common/fresh.ts';
import { sampleOf } from '../common/read-arms.ts';
import { missing } from '../router/reading-of.ts';
import type { Answers } from './ask.ts';
import { ask } from './ask.ts';
import type { Counter, CounterMemory } from './counter-memory.ts';
import { advance } from './counter-memory.ts';
import { countersOf, partAndLabels } from './counters-of.ts';
import { gaugeSample } from './gauge-sample.ts';
import { MemoryFile } from './memory-file.ts';
import { pastShards } from './past-shards.ts';
import { PrometheusApi } from './prometheus-api.ts';
import { readingOf } from './reading-of.ts';
import type { CounterQuery, PrometheusQuery } from './schema.ts';
import { prometheusQuerySchema } from './schema.ts';
import { absentReading, seriesOf, staleSeries, versionSeries } from './version-series.ts';

type Needs = 'http' | 'secret' | 'dataDirectory';

/** Reads counters, classic histograms and gauges from Prometheus; carries what is counted on over restarts of what counts. */
export const prometheusMetricSource: MetricSourceProvider<PrometheusQuery, Needs> = {
  kind: 'metric-source',
  name: 'prometheus',
  schema: prometheusQuerySchema,
  needs: ['http', 'secret', 'dataDirectory'],
  async read(query, arms, context) {
    context.signal.throwIfAborted();
    const at = context.now();
    const api = await PrometheusApi.open(query, context);
    if ('value' in query) return await gaugeSample(api, query, { arms, at });
    const answers = await ask(api, query);
    const look = { query, arms, api, answers, at };
    const fresh = await readVersion(look, arms.newVersion, context);
    const old = arms.oldVersion === null ? null : await readVersion(look, arms.oldVersion, context);
    return sampleOf(fresh, old, at);
  },
  shards: pastShards,
};

interface Look {
  readonly query: CounterQuery;
  readonly arms: Arms;
  readonly api: PrometheusApi;
  readonly answers: Answers;
  /** Epoch ms. */
  readonly at: number;
}

async function readVersion(look: Look, version: string, context: ProviderContext<Needs>): Promise<ArmReading> {
  const { query, arms, answers, at } = look;
  // What decides which counters there are; where they are read from and how fast does not.
  const what = 'ratio' in query ? query.ratio : query.histogram;
  const file = new MemoryFile(context.dataDirectory, [query.url, query.by, what, arms.environment, version]);
  const before = await file.read();
  const counters = versionCounters(look, version);
  const memory = advance(before, typeof counters === 'string' ? [] : counters, { at, newBoot: randomUUID() });
  if (before === null) await file.tidy(at);
  await file.write(memory);
  if (typeof counters === 'string') return { reading: missing(counters), boot: memory.boot };
  const isThere = seriesOf(answers.main, query.by, version).length > 0;
  const lost = isThere ? lostErrors(look, version, memory) : null;
  if (lost !== null) return { reading: missing(lost), boot: memory.boot };
  const reading = isThere ? readingOf(query, answers, memory) : await absent(look, version, memory);
  return { reading, boot: memory.boot };
}

/** The counters that a version has now; none where it has no series. A text says why they cannot be used. */
function versionCounters({ query, answers }: Look, version: string): readonly Counter[] | string {
  const parts = answers.bad === null ? [answers.main] : [answers.main, answers.bad];
  const counters: Counter[] = [];
  for (const part of parts) {
    const series = versionSeries(part, query, version);
    if (typeof series === 'string') return series;
    const own = countersOf(part, series);
    if (typeof own === 'string') return own;
    counters.push(...own);
  }
  return staleness(answers, query, version) ?? counters;
}

/** Why a version's newest sample is too old, by Prometheus' own clock; null where it is not, or there is none. */
function staleness({ main, bad }: Answers, query: CounterQuery, version: string): string | null {
  for (const part of bad === null ? [main] : [main, bad]) {
    const reason = staleSeries(seriesOf(part, query.by, version), query);
    if (reason !== null) return `${version}: ${part === main ? '' : `of ${part.name} `}${reason}; is it still scraped?`;
  }
  return null;
}

/**
 * Why a version's errors are not known although its requests are; null where they are. An application that was started anew has no
 * errors to show yet. But where something else counts the errors than the requests, that they are gone says nothing of the application.
 */
function lostErrors({ query, answers }: Look, version: string, memory: CounterMemory): string | null {
  const { main, bad } = answers;
  if (bad === null || seriesOf(bad, query.by, version).length > 0) return null;
  const instancesOf = (name: string) =>
    Object.keys(memory.counters).flatMap((key) => {
      const { part, labels } = partAndLabels(key);
      return part === name ? [labels.get('instance') ?? null] : [];
    });
  const countsRequests = new Set(instancesOf(main.name));
  const [other] = instancesOf(bad.name).filter((instance) => !countsRequests.has(instance));
  if (other === undefined) return null;
  return `Prometheus lost the ${bad.name} of ${version} that ${other ?? 'a sum'} counted; is it still scraped?`;
}

/** A version without series: one that Prometheus never met, or one that it lost. */
async function absent({ query, api, answers, at }: Look, version: string, memory: CounterMemory): Promise<Reading> {
  const { main, bad } = answers;
  if (bad !== null && seriesOf(bad, query.by, version).length > 0)
    return missing(`${bad.name} has series of ${version} and ${main.name} has none: check ${main.name}`);
  const mine = Object.entries(memory.counters).filter(([key]) => partAndLabels(key).part === main.name);
  const last = Math.max(...mine.map(([, { seenAt }]) => seenAt));
  if (mine.length > 0)
    return missing(`Prometheus lost ${version}: its newest sample is ${ageText(at - last)} old; is it still scraped?`);
  return await absentReading(api, query, { main, version });
}
