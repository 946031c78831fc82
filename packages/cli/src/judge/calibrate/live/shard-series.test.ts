import { expect, test } from 'vitest';
import { MOST_SHARDS } from '../shard-bounds.ts';
import { type ShardReading, ShardSeries } from './shard-series.ts';

type Counts = readonly [bad: number, total: number];

/** `second` after some moment. */
const reading = (second: number, shards: Readonly<Record<string, Counts>>, boot = 'one'): ShardReading => ({
  boot,
  at: 5_000_000 + second * 1000,
  shards: Object.entries(shards).map(([name, [bad, total]]) => ({ name, bad, total })),
});

const taken = (source: 'live' | 'past', ...readings: readonly ShardReading[]) => {
  const shards = new ShardSeries(source);
  const changes = readings.map((each) => shards.take(each));
  /** By shard: units and bad ones of each second. */
  const rows = Object.fromEntries(
    shards.names.map((name, place) => [
      name,
      shards.series.map(({ units, bad }) => [units[place], bad[place]].join('/')).join(' '),
    ]),
  );
  return { rows, changes: changes.slice(1).flat(), sum: shards.sum };
};

test('counts from the first reading on, second by second', () => {
  const { rows, changes, sum } = taken(
    'live',
    reading(0, { a: [100, 900], b: [0, 0] }),
    reading(1, { a: [101, 910], b: [0, 4] }),
    reading(2, { a: [101, 910], b: [2, 9] }),
  );
  expect(rows).toEqual({ a: '10/1 0/0', b: '4/0 5/2' });
  expect([changes, sum]).toEqual([[], { seconds: 2, shards: 2, units: 19, bad: 3 }]);
});

test('spreads what was counted while nobody read, and leaves a reading that is no newer to the next', () => {
  const { rows } = taken(
    'live',
    reading(0, { a: [0, 0] }),
    reading(0.3, { a: [0, 2] }),
    reading(3.1, { a: [3, 9] }),
    reading(2, { a: [3, 9] }),
    reading(4, { a: [3, 10] }),
  );
  expect(rows).toEqual({ a: '3/1 3/1 3/1 1/0' });
});

test('does not spread what is live over seconds in which it was still', () => {
  const { rows } = taken(
    'live',
    reading(0, { a: [0, 0] }),
    reading(1, { a: [0, 5] }),
    reading(2, { a: [0, 5] }),
    reading(3, { a: [1, 9] }),
  );
  expect(rows).toEqual({ a: '5/0 0/0 4/1' });
});

test('spreads what one scrape found over the time since the one before, a minute at most', () => {
  const still = (from: number, to: number, counts: Counts) =>
    Array.from({ length: to - from }, (_, index) => reading(from + index, { a: counts }));
  const scrapes = [
    ...still(0, 5, [0, 0]),
    ...still(5, 10, [0, 50]),
    ...still(10, 15, [5, 60]),
    reading(200, { a: [5, 120] }),
  ];
  const { rows } = taken('past', ...scrapes);
  const [first = [], rest = []] = [rows['a']?.split(' ').slice(0, 10), rows['a']?.split(' ').slice(10)];
  expect(first.join(' ')).toBe('10/0 10/0 10/0 10/0 10/0 2/1 2/1 2/1 2/1 2/1');
  expect(rest.filter((each) => each === '0/0')).toHaveLength(130);
  expect(rest.slice(130)).toEqual(Array.from({ length: 60 }, () => '1/0'));
});

test.each<[string, Counts]>([
  ['counts less than before', [0, 3]],
  ['has fewer bad ones', [4, 30]],
  ['has more bad ones than there were units', [30, 22]],
])('ends the series of a shard that %s, and begins another', (_, counts) => {
  const [bad, total] = counts;
  const { rows, changes } = taken(
    'live',
    reading(0, { a: [5, 20] }),
    reading(1, { a: [5, 21] }),
    reading(2, { a: counts }),
    reading(3, { a: [bad, total + 7] }),
  );
  expect(rows).toEqual({ a: '1/0 0/0 0/0', 'a (2)': '0/0 0/0 7/0' });
  expect(changes).toEqual([{ kind: 'began-again', shard: 'a' }]);
});

test('ends the series of a shard that is gone; where it is back it is another', () => {
  const { rows, changes } = taken(
    'live',
    reading(0, { a: [0, 0], b: [0, 0] }),
    reading(1, { a: [0, 1], b: [0, 1] }),
    reading(2, { b: [0, 2] }),
    reading(3, { a: [0, 9], b: [0, 3], c: [0, 400] }),
    reading(4, { a: [0, 11], b: [0, 4], c: [0, 401] }),
  );
  expect(rows).toEqual({
    a: '1/0 0/0 0/0 0/0',
    b: '1/0 1/0 1/0 1/0',
    'a (2)': '0/0 0/0 0/0 2/0',
    c: '0/0 0/0 0/0 1/0',
  });
  expect(changes).toEqual([
    { kind: 'gone', shard: 'a' },
    { kind: 'came', shard: 'a' },
    { kind: 'came', shard: 'c' },
  ]);
});

test('leaves out what was counted around a restart of all counters, and goes on with the same shards', () => {
  const { rows, changes } = taken(
    'live',
    reading(0, { a: [9, 90] }),
    reading(1, { a: [9, 95] }),
    reading(2, { a: [1, 99] }, 'two'),
    reading(3, { a: [2, 103] }, 'two'),
  );
  expect(rows).toEqual({ a: '5/0 0/0 4/1' });
  expect(changes).toEqual([{ kind: 'restarted' }]);
});

test('gives each shard a name of its own that a table can hold', () => {
  const { rows } = taken('live', reading(0, { 'a,b\n': [0, 0], a_b_: [0, 0] }), reading(1, {}));
  expect(Object.keys(rows)).toEqual(['a_b_', 'a_b_ (2)']);
});

test('takes no more shards than can be calibrated on, however many come', () => {
  const many = (first: number) =>
    Object.fromEntries(
      Array.from({ length: MOST_SHARDS }, (_, index): [string, Counts] => [`s${first + index}`, [0, 0]]),
    );
  const { rows, changes } = taken('live', reading(0, many(0)), reading(1, { ...many(0), another: [0, 0] }));
  expect(Object.keys(rows)).toHaveLength(MOST_SHARDS);
  expect(changes).toEqual([{ kind: 'too-many' }]);
});
