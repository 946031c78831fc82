import type { ShardSeries } from './shard-series.ts';

/** The series as a table that `judge calibrate` reads again. A shard in which there was nothing has no line in that second. */
export function* shardsCsv({ names, series }: Pick<ShardSeries, 'names' | 'series'>): Generator<string> {
  yield 'second,shard,units,bad\n';
  for (const [second, { units, bad }] of series.entries()) {
    const lines = names.flatMap((name, place) => {
      const count = units[place] ?? 0;
      return count === 0 ? [] : [`${second},${name},${count},${bad[place] ?? 0}\n`];
    });
    yield lines.join('');
  }
}
