import { describe, expect, it } from 'vitest';
import type { Counter, CounterMemory } from './counter-memory.ts';
import { advance, countOf } from './counter-memory.ts';

const DAY = 24 * 3_600_000;
const own = (key: string, value: number, group = key): Counter => ({
  key,
  group,
  isOwn: true,
  value,
  sampledAt: 1,
});
const sum = (key: string, value: number): Counter => ({ ...own(key, value), isOwn: false });

/** Looks one after the other, a second apart. */
const after = (...looks: readonly (readonly Counter[])[]): CounterMemory =>
  looks.reduce<CounterMemory | null>(
    (memory, counters, index) => advance(memory, counters, { at: index * 1000, newBoot: `boot-${index}` }),
    null,
  ) ?? advance(null, [], { at: 0, newBoot: 'none' });
const counts = ({ counters }: CounterMemory) =>
  Object.fromEntries(Object.entries(counters).map(([key, counter]) => [key, countOf(counter)]));

describe('a memory of counters', () => {
  it.each<[string, readonly (readonly Counter[])[], Record<string, number>, string]>([
    ['is what it first sees', [[own('a', 5)]], { a: 5 }, 'boot-0'],
    ['grows', [[own('a', 5)], [own('a', 9)]], { a: 9 }, 'boot-0'],
    ['stays', [[own('a', 5)], [own('a', 5)]], { a: 5 }, 'boot-0'],
    ['is carried on over a restart', [[own('a', 5)], [own('a', 2)]], { a: 7 }, 'boot-0'],
    ['and over two', [[own('a', 5)], [own('a', 2)], [own('a', 3)], [own('a', 1)]], { a: 9 }, 'boot-0'],
    ['and over one to zero', [[own('a', 5)], [own('a', 0)]], { a: 5 }, 'boot-0'],
    ['takes a new one from zero', [[own('a', 5)], [own('a', 6), own('b', 3)]], { a: 6, b: 3 }, 'boot-0'],
    ['keeps one that is gone', [[own('a', 5), own('b', 3)], [own('a', 6)]], { a: 6, b: 3 }, 'boot-0'],
    ['goes on with one that came back', [[own('a', 5)], [], [own('a', 6)]], { a: 6 }, 'boot-0'],
    ['or came back from zero', [[own('a', 5)], [], [own('a', 2)]], { a: 7 }, 'boot-0'],
    [
      'begins all buckets of a histogram anew together, also one that is higher already',
      [
        [own('le=1', 1, 'h'), own('le=inf', 9, 'h')],
        [own('le=1', 2, 'h'), own('le=inf', 3, 'h')],
      ],
      { 'le=1': 3, 'le=inf': 12 },
      'boot-0',
    ],
    [
      'carries no sum on that fell: it begins anew',
      [
        [own('a', 5), sum('s', 9)],
        [own('a', 6), sum('s', 8)],
      ],
      { a: 6, s: 8 },
      'boot-1',
    ],
    [
      'takes a name that every object has',
      [[own('constructor', 2)], [own('constructor', 1)]],
      { constructor: 3 },
      'boot-0',
    ],
  ])('%s', (_, looks, expected, boot) => {
    const memory = after(...looks);
    expect(counts(memory)).toEqual(expected);
    expect(memory.boot).toBe(boot);
  });

  it.each([
    ['an older sample is no restart', 9, 4, { a: 5 }],
    ['a newer sample is', 10.5, 4, { a: 9 }],
    ['a sample of the same time is', 10, 4, { a: 9 }],
    ['an older sample that is higher counts nothing', 9, 7, { a: 5 }],
  ])('%s', (_, sampledAt, value, expected) => {
    const first = advance(null, [{ ...own('a', 5), sampledAt: 10 }], { at: 1000, newBoot: 'first' });
    const second = advance(first, [{ ...own('a', value), sampledAt }], { at: 2000, newBoot: 'second' });
    expect(counts(second)).toEqual(expected);
    expect(second.boot).toBe('first');
  });

  it.each([
    ['older counters', -1, 'first', 5],
    ['counters of the same moment', 0, 'first', 7],
    ['counters a day later', DAY, 'first', 7],
    ['counters more than a day later', DAY + 1, 'second', 2],
    ['counters of a clock that was put back by more than a day', -DAY - 1, 'second', 2],
  ])('meets %s', (_, later, boot, count) => {
    const first = advance(null, [own('a', 5)], { at: 1000, newBoot: 'first' });
    const second = advance(first, [own('a', 2)], { at: 1000 + later, newBoot: 'second' });
    expect(second.boot).toBe(boot);
    expect(counts(second)).toEqual({ a: count });
  });
});
