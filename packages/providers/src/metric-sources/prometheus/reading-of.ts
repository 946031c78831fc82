import type { Reading } from '@slipway/provider-kit';
import { oneLine } from '../common/one-line.ts';
import { missing } from '../router/reading-of.ts';
import type { Answers } from './ask.ts';
import { boundOf, latencyOf } from './classic-histogram.ts';
import type { CounterMemory } from './counter-memory.ts';
import { countOf } from './counter-memory.ts';
import { partAndLabels } from './counters-of.ts';
import type { CounterQuery } from './schema.ts';

/** A version's reading from what is remembered of its counters, the newest included. */
export function readingOf(query: CounterQuery, answers: Answers, memory: CounterMemory): Reading {
  return 'ratio' in query ? ratioOf(query.ratio, answers, memory) : latencyReading(query, answers.main.name, memory);
}

function ratioOf(
  promql: { readonly bad: string; readonly total: string },
  { main, bad }: Answers,
  memory: CounterMemory,
): Reading {
  if (bad === null) return missing('there is no query for what went wrong');
  const total = sumOf(memory, main.name) ?? 0;
  const counted = sumOf(memory, bad.name);
  // A label that never had a series may as well be a slip of the pen: then every version would look sound.
  if (counted === null && bad.series.length === 0) {
    return missing(
      `${bad.name} gives no series for any version, as a wrong query would; to read none as 0, write ${oneLine(`${promql.bad} or 0 * ${promql.total}`)}`,
    );
  }
  if ((counted ?? 0) > total)
    return missing(`${bad.name} is ${counted} and ${main.name} is ${total}: bad must count a part of total`);
  return { kind: 'ratio', bad: counted ?? 0, total };
}

function latencyReading(
  query: Extract<CounterQuery, { histogram: string }>,
  part: string,
  memory: CounterMemory,
): Reading {
  const buckets = new Map<number, number>();
  for (const { labels, count } of countersIn(memory, part)) {
    const le = labels.get('le');
    const bound = le === undefined ? null : boundOf(le, query.unit);
    if (bound === null) return missing(`${part} gives series without a number in le: give the _bucket series`);
    buckets.set(bound, (buckets.get(bound) ?? 0) + count);
  }
  const histogram = latencyOf(buckets);
  if (typeof histogram === 'string') return missing(`${part}: ${histogram}`);
  return { kind: 'latency', histogram, quantile: query.quantile };
}

function sumOf(memory: CounterMemory, part: string): number | null {
  const counts = countersIn(memory, part).map(({ count }) => count);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

function countersIn(memory: CounterMemory, part: string) {
  return Object.entries(memory.counters).flatMap(([key, counter]) => {
    const { part: own, labels } = partAndLabels(key);
    return own === part ? [{ labels, count: countOf(counter) }] : [];
  });
}
