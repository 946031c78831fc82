import type { Counts } from '@slipway/judge';
import { dispersionOf } from '@slipway/judge';
import { describe, expect, it, test } from 'vitest';
import type { Contender } from '../../../bench/judge/contenders/contender.ts';
import { correlatedStreams } from '../../../bench/judge/correlated/arms/kinds.ts';
import { launch } from '../../../bench/judge/correlated/launch.ts';
import { type Setting, settingsFor, type ShardedSecond } from '../../../bench/judge/correlated/settings.ts';
import { MIDDLE } from '../../../bench/judge/grid.ts';
import { timesOf } from '../../../bench/judge/report/detection-goals.ts';
import { summaryOf } from '../../../bench/judge/report/summary.ts';
import { watch } from '../../../bench/judge/runs/watch.ts';
import { watchCorrelated, watchGrid } from '../../../bench/judge/runs/work.ts';
import { randomOf } from '../../../bench/judge/streams/random.ts';
import { REGRESSIONS } from '../../../bench/judge/streams/regression.ts';
import { CONTENDERS, FLAGGER, SLIPWAY } from '../../../bench/judge/contenders/contenders.ts';

const KINDS = Object.values(correlatedStreams);
const second: Counts = { newUnits: 10, newBad: 1, oldUnits: 10, oldBad: 0 };

test('each judge has its own stop, and minutes are whole', () => {
  const seen: number[] = [];
  const after = (looks: number): Contender => ({ every: 1, look: () => (looks -= 1) === 0 });
  const minutely: Contender = { every: 60, look: ({ newUnits }) => seen.push(newUnits) === 2 };
  const stops = watch(() => second, [after(3), minutely, after(999)], { seconds: 150, onset: 2 });
  expect(seen).toEqual([600, 600]);
  expect(stops).toEqual([
    { second: 3, harmed: 1 },
    { second: 120, harmed: 118 },
    { second: null, harmed: 148 },
  ]);
});

test('a stop before the onset is none of the regression', () => {
  const stops = [5, 12, 20, null].map((at) => ({ second: at, harmed: at ?? 30 }));
  expect(summaryOf(stops, 10)).toEqual({ launches: 3, stopped: 2 / 3, median: 10, p95: Infinity, harmed: 20 });
});

describe('how much sooner', () => {
  const names = Object.keys(CONTENDERS);
  const cell = (ours: number, theirs: number, stopped = 1) =>
    names.map((name) => {
      const median = name === SLIPWAY ? ours : name === FLAGGER ? theirs : Infinity;
      return { launches: 1, stopped, median, p95: median, harmed: 0 };
    });
  const never = cell(Infinity, Infinity, 0);
  const compared = (...cells: readonly ReturnType<typeof cell>[]) => ({
    detected: [{ regression: 'x2', summaries: cells }],
    sound: cells.map(() => never),
  });

  it('counts where the peer stops anything', () => {
    const cells = compared(cell(10, 300), cell(10, Infinity), cell(50, 300));
    expect(timesOf(cells, FLAGGER, 'finds')).toEqual([30, 6]);
  });

  it('never stopping is no advantage', () => {
    expect(timesOf(compared(cell(Infinity, 300)), FLAGGER, 'finds')).toEqual([0]);
  });

  it('stopping sound versions as well is not finding', () => {
    const cells = { ...compared(cell(10, 300)), sound: [cell(Infinity, 300, 0.1)] };
    expect(timesOf(cells, FLAGGER, 'finds')).toEqual([]);
    expect(timesOf(cells, FLAGGER, 'stops')).toEqual([30]);
  });
});

describe('launches', () => {
  const grid = { cell: MIDDLE, runs: 3, pattern: 'steady', regression: 5, contenders: [SLIPWAY, FLAGGER] };

  it('come to the same whenever and wherever they are watched', () => {
    const found = watchGrid(grid);
    expect(watchGrid(grid)).toEqual(found);
    expect(found.map((stops) => stops.length)).toEqual([3, 3]);
    expect(found[0]?.every((stop) => stop.second !== null)).toBe(true);
  });

  it('do not depend on who else watches', () => {
    expect(watchGrid({ ...grid, contenders: [SLIPWAY] })[0]).toEqual(watchGrid(grid)[0]);
  });

  it('of correlated data have a stop for every setting', () => {
    const found = watchCorrelated({ cell: MIDDLE, runs: 1, correlation: 'retry storms', factor: 20 });
    expect(found.map((stops) => stops[0]?.second !== null)).toEqual(
      settingsFor(correlatedStreams.retryStorms).map(() => true),
    );
  });

  it('of what nobody knows are refused', () => {
    expect(() => watchGrid({ ...grid, pattern: 'unknown' })).toThrow(RangeError);
    expect(() => watchGrid({ ...grid, contenders: ['unknown'] })).toThrow(RangeError);
  });
});

describe('regressions', () => {
  const rates = (name: string, at: number): number =>
    REGRESSIONS.find((each) => each.name === name)?.rateAt(0.003, at) ?? Number.NaN;

  it.each([
    ['x2', 1, 0.006],
    ['+0.5 pp', 1, 0.008],
    ['total outage', 1, 1],
    ['leak, x5 after 30 min', 900, 0.009],
    ['leak, x5 after 30 min', 3_600, 0.015],
    ['x5 from minute 30 on', 1_800, 0.003],
    ['x5 from minute 30 on', 1_801, 0.015],
  ])('%s in second %i', (name, at, expected) => {
    expect(rates(name, at)).toBeCloseTo(expected, 12);
  });
});

describe.each(KINDS.filter(({ name }) => name !== 'independent'))('$name', (kind) => {
  const harm = { factor: 1, onset: 0, shape: 'alike' } as const;
  const next = kind.start({ ...MIDDLE, newShards: 2, oldShards: 38, harm }, randomOf('a test of what comes together'));
  const seconds = Array.from({ length: 600 }, next);

  it('is far from independent', () => {
    const bad = seconds.map(({ old }) => old.bad);
    expect(
      dispersionOf(
        Array.from({ length: 38 }, () => 1 / 38),
        bad,
      ),
    ).toBeGreaterThan(1.8);
  });

  it('is told to the judge as a whole and by shard alike', () => {
    const seen: ShardedSecond[] = [];
    const setting: Setting = {
      name: 'looks on',
      start: (past) => ({ every: 1, look: (second) => seen.push({ ...second }) > past.length }),
    };
    const cell = { ...MIDDLE, share: 0.1 };
    launch({ cell, kind, factor: 1, settings: [setting], seconds: 30 }, randomOf('another one'));
    expect(seen.length).toBe(30);
    for (const { newUnits, oldBad, new: fresh, old } of seen) {
      expect([fresh.bad.length, old.bad.length]).toEqual([4, 36]);
      expect(newUnits).toBe(fresh.units.reduce((sum, units) => sum + units, 0));
      expect(oldBad).toBe(old.bad.reduce((sum, bad) => sum + bad, 0));
    }
  });
});
