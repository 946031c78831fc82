import { describe, expect, it } from 'vitest';
import type { CumulativeReading } from './cumulative.ts';
import { readSecond } from './read-second.ts';
import { LONGEST, reading, totals } from './testing/readings.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const base = reading(0, totals(100, 10, [[5, 100]]), totals(1_000, 20, [[5, 1_000]]));
const next = reading(
  1,
  totals(110, 12, [
    [5, 108],
    [9, 2],
  ]),
  totals(1_100, 20, [[5, 1_100]]),
);

describe('a second', () => {
  it('is what both arms counted since the last reading', () => {
    const counts = { newUnits: 10, newBad: 2, oldUnits: 100, oldBad: 0 };
    const latencies = {
      new: [
        [5, 8],
        [9, 2],
      ],
      old: [[5, 100]],
    };
    expect(readSecond(base, next, LONGEST)).toEqual({
      second: { is: 'known', seconds: 1, counts, latencies, shards: null },
      base: next,
    });
  });

  it('of which a version was not met is known to be empty', () => {
    const { second } = readSecond(base, { ...next, new: base.new }, LONGEST);
    expect(second).toMatchObject({ is: 'known', counts: { newUnits: 0, newBad: 0, oldUnits: 100 } });
  });

  it('is one block where readings were missing in between', () => {
    const { second } = readSecond(base, { ...next, at: base.at + 7_000 }, LONGEST);
    expect(second).toMatchObject({ is: 'known', seconds: 7, counts: { newUnits: 10 } });
  });

  it('holds counts as large as numbers are exact', () => {
    const huge = reading(1, totals(MOST, MOST - 100, [[5, MOST]]), totals(MOST, 20, [[5, 1_000]]));
    const { second } = readSecond(base, huge, LONGEST);
    const counts = { newUnits: MOST - 100, newBad: MOST - 110, oldUnits: MOST - 1_000, oldBad: 0 };
    expect(second).toMatchObject({ is: 'known', counts });
  });

  it('has no latencies where one version has none', () => {
    const { second } = readSecond(base, { ...next, old: totals(1_100, 20) }, LONGEST);
    expect(second).toMatchObject({ is: 'known', latencies: null });
  });
});

type Change = Partial<CumulativeReading>;
const withNew = (units: number, bad: number, ...latencies: (readonly [number, number])[]): Change => ({
  new: totals(units, bad, latencies),
});

describe('a second is unknown, and the base stays,', () => {
  it.each<readonly [string, Change, string, string | null]>([
    ['where a source says nothing', { new: null }, 'unread', 'new'],
    ['where a count is none', withNew(NaN, 0), 'not-a-number', 'new'],
    ['where bad ones are none', withNew(120, NaN), 'not-a-number', 'new'],
    ['where a count is below zero', { old: totals(-1) }, 'negative', 'old'],
    ['where a count is not finite', { old: totals(Infinity) }, 'too-large', 'old'],
    ['where a count is past what is exact', withNew(MOST + 1, 0), 'too-large', 'new'],
    ['where more are bad than there are', withNew(120, 121), 'bad-above-units', 'new'],
    ['where more became bad than came', withNew(110, 30, [5, 100]), 'bad-above-units', 'new'],
    ['where a bucket is none', withNew(120, 10, [544, 1]), 'no-bucket', 'new'],
    ['where a bucket holds no number', withNew(120, 10, [5, NaN]), 'not-a-number', 'new'],
    ['where there is no time', { at: NaN }, 'no-time', null],
    ['where the share is none', { share: 1.2 }, 'no-share', null],
    ['where no time has passed', { at: base.at }, 'same-time', null],
    ['where the reading is an older one', { ...base, at: base.at - 1_000 }, 'late', null],
    ['where an older reading has counted less', { ...withNew(90, 9, [5, 90]), at: base.at - 1_000 }, 'late', null],
  ])('%s', (_, change, why, arm) => {
    expect(readSecond(base, { ...next, ...change }, LONGEST)).toEqual({ second: { is: 'unknown', why, arm }, base });
  });
});

describe('a second is unknown, and the reading is the new base,', () => {
  it.each<readonly [string, Change, string, string | null]>([
    ['where units went down', withNew(3, 0, [5, 100]), 'restarted', 'new'],
    ['where only bad ones went down', withNew(110, 0, [5, 100]), 'restarted', 'new'],
    ['where a bucket went down', withNew(110, 10, [5, 99], [6, 11]), 'restarted', 'new'],
    ['where the old version began again', { old: totals(0, 0, []) }, 'restarted', 'old'],
    ['where the source says that it began again', { boot: 'two' }, 'restarted', null],
    ['where the gap is too long', { at: base.at + 31_000 }, 'gap-too-long', null],
    ['where the split changed', { share: 0.25 }, 'split-changed', null],
    ['where the split changed in a gap', { share: 0.25, at: base.at + 9_000 }, 'split-changed', null],
    ['where the clock went back', { at: base.at - 60_000 }, 'clock-went-back', null],
  ])('%s', (_, change, why, arm) => {
    const changed = { ...next, ...change };
    expect(readSecond(base, changed, LONGEST)).toEqual({ second: { is: 'unknown', why, arm }, base: changed });
  });

  it('where there was none before', () => {
    const second = { is: 'unknown', why: 'first', arm: null };
    expect(readSecond(null, base, LONGEST)).toEqual({ second, base });
  });
});
