import { MOST_CALIBRATED_SECONDS, type ShardCounts } from '@slipway/judge';
import type { Messages } from '../../messages/messages.ts';
import { type Columns, csvTable, type LineProblem, type Row } from '../csv-table.ts';
import { MOST_SHARD_SECONDS, MOST_SHARDS } from './shard-bounds.ts';

const COLUMNS: Columns = { all: ['second', 'shard', 'units', 'bad'], name: 'shard', isOptional: false };
const LONGEST_NAME = 200;

interface Read {
  readonly series: readonly ShardCounts[];
  readonly problems: readonly LineProblem[];
}

/** Shards second by second from a table. A shard that has no line in a second had nothing in it. Problems: the series is not to be used. */
export function shardsOfCsv(text: string, m: Messages): Read {
  const table = csvTable(text, COLUMNS, m);
  const shards = new Shards(m);
  for (const row of table.rows) shards.take(row);
  const problems = [...table.problems, ...shards.problems].toSorted((one, other) => one.line - other.line);
  return { series: problems.length === 0 ? shards.series : [], problems };
}

class Shards {
  readonly problems: LineProblem[] = [];
  readonly #words: Messages['judge']['csv'];
  /** Name to its place. */
  readonly #shards = new Map<string, number>();
  readonly #seconds: { readonly second: number; readonly counts: Map<number, readonly [number, number]> }[] = [];

  constructor({ judge }: Messages) {
    this.#words = judge.csv;
  }

  take({ line, numbers: [second = 0, units = 0, bad = 0], name }: Row): void {
    const shard = name ?? '';
    const words = this.#problemOf({ second, units, bad }, shard);
    if (words !== null) {
      this.problems.push({ line, words });
      return;
    }
    const place = this.#shards.get(shard) ?? this.#shards.size;
    this.#shards.set(shard, place);
    const last = this.#seconds.at(-1);
    if (last?.second === second) last.counts.set(place, [units, bad]);
    else this.#seconds.push({ second, counts: new Map([[place, [units, bad]]]) });
  }

  #problemOf(row: { second: number; units: number; bad: number }, shard: string): string | null {
    const words = this.#words;
    const last = this.#seconds.at(-1);
    if (row.bad > row.units) return words.moreBad('bad', 'units');
    if (!Number.isInteger(row.second)) return words.whole;
    if (last !== undefined && row.second < last.second) return words.order(row.second, last.second);
    if (shard === '' || shard.length > LONGEST_NAME) return words.shardName;
    const place = this.#shards.get(shard);
    if (place === undefined && this.#shards.size >= MOST_SHARDS) return words.tooManyShards(MOST_SHARDS);
    if (last?.second === row.second && place !== undefined && last.counts.has(place)) return words.twice(row.second);
    const first = this.#seconds[0]?.second ?? row.second;
    return row.second - first >= MOST_SHARD_SECONDS ? words.tooLong(MOST_SHARD_SECONDS) : null;
  }

  /** The part that counts. Without a gap: clusters are looked for over time. */
  get series(): readonly ShardCounts[] {
    const last = this.#seconds.at(-1)?.second ?? -1;
    const first = Math.max(this.#seconds[0]?.second ?? 0, last - MOST_CALIBRATED_SECONDS + 1);
    const bySecond = new Map(this.#seconds.map(({ second, counts }) => [second, counts]));
    return Array.from({ length: last - first + 1 }, (_, index) => {
      const counts = bySecond.get(first + index);
      const of = (at: 0 | 1) => Array.from({ length: this.#shards.size }, (__, shard) => counts?.get(shard)?.[at] ?? 0);
      return { units: of(0), bad: of(1) };
    });
  }
}
