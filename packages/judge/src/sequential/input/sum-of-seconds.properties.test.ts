import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknown } from './second.ts';
import { sumOfSeconds } from './sum-of-seconds.ts';
import { activity, countersOf, readAll, totals } from './testing/readings.ts';

const shards = fc.array(activity, { minLength: 1, maxLength: 6 });
const secondOf = (done: Parameters<typeof countersOf>[0]) => readAll(countersOf(done)).at(-1) ?? unknown('unread');

describe('a second of several instances', () => {
  it('is what one that had done it all would show, in any order', () => {
    const asked = fc.property(shards, (all) => {
      const parts = all.map((each) => secondOf([each]));
      const done = {
        new: totals(
          sum(all.map((each) => each.new.units)),
          sum(all.map((each) => each.new.bad)),
          all.flatMap((each) => each.new.latencies ?? []),
        ),
        old: totals(
          sum(all.map((each) => each.old.units)),
          sum(all.map((each) => each.old.bad)),
          all.flatMap((each) => each.old.latencies ?? []),
        ),
      };
      expect(sumOfSeconds(parts)).toEqual(secondOf([done]));
      expect(sumOfSeconds(parts.toReversed())).toEqual(sumOfSeconds(parts));
    });
    fc.assert(asked);
  });

  it('is unknown where it is so of any of them', () => {
    const asked = fc.property(shards, fc.nat(), (all, at) => {
      const parts = all.map((each) => secondOf([each]));
      const gap = unknown('restarted', 'new');
      expect(sumOfSeconds(parts.toSpliced(at % (parts.length + 1), 0, gap))).toEqual(gap);
    });
    fc.assert(asked);
  });

  it('is unknown of none', () => {
    expect(sumOfSeconds([])).toEqual(unknown('unread'));
  });

  it('is unknown where the sum is past what is exact', () => {
    const huge = secondOf([{ new: totals(Number.MAX_SAFE_INTEGER), old: totals(1) }]);
    expect(sumOfSeconds([huge])).toMatchObject({ is: 'known' });
    expect(sumOfSeconds([huge, huge])).toEqual(unknown('too-large', 'new'));
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
