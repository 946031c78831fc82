import type { ShardCount, ShardReading, ShardSource, Span } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { countProblem } from '../common/counts-reading.ts';
import type { RangeSeries } from './api-answer.ts';
import { numberOf } from './counters-of.ts';
import { PrometheusApi } from './prometheus-api.ts';
import type { PrometheusQuery } from './schema.ts';

type Needs = 'http' | 'secret' | 'dataDirectory';

/** Prometheus puts it on whatever it scrapes: one instance of the application. */
const SHARD = 'instance';
/** What was counted is still there: its restarts show as counts that fall, and nothing has to be remembered. */
const BOOT = 'prometheus';

/** The instances of a version, from what Prometheus has kept. */
export const pastShards: ShardSource<PrometheusQuery, Needs> = {
  kind: 'past',
  async read(query, of, context) {
    context.signal.throwIfAborted();
    if (!('ratio' in query)) throw new TerminalError('only a ratio has bad units to count: calibrate a ratio');
    const api = await PrometheusApi.open(query, context);
    const ask = async (name: 'total' | 'bad') => {
      const promql = `sum by (${query.by}, ${SHARD}) (${query.ratio[name]}\n)`;
      return await api.range({ name: `ratio.${name}`, promql }, ...secondsOf(of));
    };
    const [total, bad] = await Promise.all([ask('total'), ask('bad')]);
    const wanted = { by: query.by, version: of.version };
    return readingsOf(shardsOf('ratio.total', total, wanted), shardsOf('ratio.bad', bad, wanted));
  },
};

interface Wanted {
  /** The label of the version. */
  readonly by: string;
  readonly version: string;
}

/** The first second of a span and its last. */
function secondsOf({ from, to }: Span): [number, number] {
  const first = Math.ceil(from / 1000);
  return [first, Math.max(first, Math.ceil(to / 1000) - 1)];
}

type OverTime = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** What each shard of the version stood at, by epoch second. Throws TerminalError where shards or versions cannot be told apart. */
function shardsOf(name: string, series: readonly RangeSeries[], { by, version }: Wanted): OverTime {
  for (const label of [by, SHARD]) {
    if (series.length > 0 && series.every(({ labels }) => labels[label] === undefined))
      throw new TerminalError(`${name} gives series without the label ${label}: its instances cannot be told apart`);
  }
  const own = series.filter(({ labels }) => labels[by] === version);
  return new Map(
    own.flatMap(({ labels, values }) => {
      const shard = labels[SHARD];
      return shard === undefined ? [] : [[shard, new Map(values.map(([at, value]) => [at, countOf(name, value)]))]];
    }),
  );
}

function countOf(name: string, text: string): number {
  const count = numberOf(text);
  const problem = countProblem(name, count);
  if (problem !== null) throw new TerminalError(problem);
  return count;
}

function readingsOf(total: OverTime, bad: OverTime): readonly ShardReading[] {
  const seconds = new Set([...total.values()].flatMap((counts) => [...counts.keys()]));
  return [...seconds]
    .toSorted((one, other) => one - other)
    .map((second) => ({
      boot: BOOT,
      at: second * 1000,
      shards: [...total].flatMap(([name, counts]) => shardAt(name, counts.get(second), bad.get(name)?.get(second))),
    }));
}

/** An application that had no error yet may show none; where every one is missing, calibration has too few to say anything. */
function shardAt(name: string, total: number | undefined, bad = 0): readonly ShardCount[] {
  if (total === undefined) return [];
  if (bad > total)
    throw new TerminalError(`of ${name} bad is ${bad} and total is ${total}: bad must count a part of total`);
  return [{ name, bad, total }];
}
