import type { MetricCounts } from '@slipway/judge';
import type { Messages } from '../../messages/messages.ts';
import { type Columns, csvTable, type LineProblem, type Row } from '../csv-table.ts';
import { METRIC_NAME, MOST_METRICS, MOST_SECONDS, type Series, type SeriesSecond } from './series.ts';

const COLUMNS: Columns = {
  all: ['second', 'new_units', 'new_bad', 'old_units', 'old_bad', 'metric'],
  name: 'metric',
  isOptional: true,
};
/** Of a file that names none. */
const METRIC = 'errors';

/** A series of shares from a table. Problems: the series is not to be used. */
export function seriesOfCsv(
  text: string,
  m: Messages,
): { readonly series: Series; readonly problems: readonly LineProblem[] } {
  const table = csvTable(text, COLUMNS, m);
  const seconds = new Seconds(m);
  for (const row of table.rows) seconds.take(row);
  const problems = [...table.problems, ...seconds.problems];
  return { series: seconds.series, problems: problems.toSorted((one, other) => one.line - other.line) };
}

class Seconds {
  readonly problems: LineProblem[] = [];
  readonly #words: Messages['judge']['csv'];
  readonly #metrics = new Set<string>();
  readonly #seconds: { second: number; counts: Record<string, MetricCounts> }[] = [];

  constructor({ judge }: Messages) {
    this.#words = judge.csv;
  }

  take({ line, numbers: [second = 0, newUnits = 0, newBad = 0, oldUnits = 0, oldBad = 0], name }: Row): void {
    const metric = name ?? METRIC;
    const words = this.#problemOf({ second, newUnits, newBad, oldUnits, oldBad }, metric);
    if (words !== null) {
      this.problems.push({ line, words });
      return;
    }
    this.#metrics.add(metric);
    const counts: MetricCounts = { kind: 'ratio', newUnits, newBad, oldUnits, oldBad };
    const last = this.#seconds.at(-1);
    if (last?.second === second) last.counts[metric] = counts;
    else this.#seconds.push({ second, counts: { [metric]: counts } });
  }

  #problemOf(
    row: { second: number; newUnits: number; newBad: number; oldUnits: number; oldBad: number },
    metric: string,
  ): string | null {
    const words = this.#words;
    const last = this.#seconds.at(-1);
    if (row.newBad > row.newUnits) return words.moreBad('new_bad', 'new_units');
    if (row.oldBad > row.oldUnits) return words.moreBad('old_bad', 'old_units');
    if (!Number.isInteger(row.second)) return words.whole;
    if (last !== undefined && row.second < last.second) return words.order(row.second, last.second);
    if (!METRIC_NAME.test(metric)) return words.name;
    if (last?.second === row.second && Object.hasOwn(last.counts, metric)) return words.twice(row.second);
    if (!this.#metrics.has(metric) && this.#metrics.size >= MOST_METRICS) return words.tooManyMetrics(MOST_METRICS);
    return this.#seconds.length >= MOST_SECONDS ? words.tooLong(MOST_SECONDS) : null;
  }

  get series(): Series {
    const seconds: readonly SeriesSecond[] = this.#seconds;
    return { metrics: [...this.#metrics].map((metric) => ({ metric, unit: 'ratio' })), seconds };
  }
}
