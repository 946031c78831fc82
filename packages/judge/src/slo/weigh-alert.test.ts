import { describe, expect, test } from 'vitest';
import { budgetOf } from './budget.ts';
import type { WindowCounts } from './event-counts.ts';
import { objectiveProblem } from './objective.ts';
import { sloStanding } from './slo-standing.ts';
import { type AlertLook, weighAlert, type WeighedAlert } from './weigh-alert.ts';

const HOUR = 3_600_000;
const FIVE_MINUTES = 300_000;
const OBJECTIVE = { target: 0.999, periodMs: 720 * HOUR };
const PAGE = { severity: 'page', burn: 14.4, longMs: HOUR, shortMs: FIVE_MINUTES };
const of = (bad: number, total: number) => ({ bad, total });

describe('an alert at burn rate 14.4 of 99.9 %', () => {
  test.each([
    ['both burn', of(200, 10_000), of(20, 800), {}, 'firing'],
    ['the long one only: it is over', of(200, 10_000), of(1, 800), {}, 'quiet'],
    ['the short one only: it has just begun', of(100, 10_000), of(90, 800), {}, 'quiet'],
    ['neither', of(1, 10_000), of(0, 800), {}, 'quiet'],
    ['exactly as much as is allowed', of(144, 10_000), of(144, 10_000), {}, 'quiet'],
    ['one more', of(145, 10_000), of(145, 10_000), {}, 'firing'],
    // Low traffic.
    ['one failure at night', of(1, 10), of(1, 1), {}, 'too-few'],
    ['two of ten', of(2, 10), of(2, 2), {}, 'too-few'],
    ['three of ten', of(3, 10), of(3, 3), {}, 'firing'],
    ['three of ten, of a service with busy days', of(3, 10), of(3, 3), { eventsOfPeriod: 1_000_000 }, 'too-few'],
    ['twenty of fifty, of a service with busy days', of(20, 50), of(3, 3), { eventsOfPeriod: 1_000_000 }, 'firing'],
    ['one failure where every one matters', of(1, 10), of(1, 1), { minBad: 1 }, 'firing'],
    // Nobody knows.
    ['no long window', null, of(20, 800), {}, 'no-data'],
    ['no short window', of(200, 10_000), null, {}, 'no-data'],
    ['no short window, and all was well', of(0, 10_000), null, {}, 'no-data'],
    ['a short window that cannot be', of(0, 10_000), of(2, 1), {}, 'no-data'],
    ['no event for an hour', of(0, 0), of(0, 0), {}, 'no-data'],
    ['it burnt, and then there was no event', of(200, 10_000), of(0, 0), {}, 'no-data'],
    ['it did not, and then there was no event', of(0, 10_000), of(0, 0), {}, 'quiet'],
    ['a traffic that is no number', of(200, 10_000), of(20, 800), { eventsOfPeriod: Number.NaN }, 'no-data'],
    ['a traffic without end', of(200, 10_000), of(20, 800), { eventsOfPeriod: Infinity }, 'no-data'],
    ['a minimum that is no number', of(200, 10_000), of(20, 800), { minBad: Number.NaN }, 'no-data'],
  ] satisfies [string, WindowCounts, WindowCounts, Partial<AlertLook>, WeighedAlert['state']][])(
    '%s',
    (_, long, short, changes, state) => {
      expect(weighAlert(PAGE, OBJECTIVE, { long, short, ...changes }).state).toBe(state);
    },
  );

  test('says how fast both windows burn, and how many bad events it wants', () => {
    const look = { long: of(200, 10_000), short: of(20, 800), eventsOfPeriod: 7_200_000 };
    const weighed = weighAlert(PAGE, OBJECTIVE, look);
    expect(weighed).toEqual({
      state: 'firing',
      longBurn: expect.closeTo(20, 9),
      shortBurn: expect.closeTo(25, 9),
      badNeeded: expect.closeTo(144, 9),
    });
  });

  test.each([
    ['a burn rate that is no number', { burn: Number.NaN }],
    ['a burn rate of nothing', { burn: 0 }],
    ['a window of nothing', { shortMs: 0 }],
    ['a short window that is longer', { shortMs: 2 * HOUR }],
    ['a window without end', { longMs: Infinity }],
  ])('is none with %s', (_, changes) => {
    const look = { long: of(200, 10_000), short: of(20, 800) };
    expect(() => weighAlert({ ...PAGE, ...changes }, OBJECTIVE, look)).toThrow(RangeError);
  });
});

describe('an error budget', () => {
  test.each([
    ['untouched', of(0, 1000), { state: 'within', left: 1, spentShare: 0 }],
    ['spent to the last event', of(1, 1000), { state: 'exhausted', left: 0, spentShare: 1 }],
    ['overspent', of(3, 1000), { state: 'exhausted', left: -2, spentShare: 3 }],
    ['of no event', of(0, 0), { state: 'no-data', why: 'empty' }],
    ['that nobody counted', null, { state: 'no-data', why: 'missing' }],
    ['that cannot be', of(2, 1), { state: 'no-data', why: 'contradictory' }],
  ] satisfies [string, WindowCounts, object][])('%s', (_, period, budget) => {
    expect(budgetOf(OBJECTIVE, period)).toMatchObject(budget);
  });

  test.each([
    [1, HOUR, 'target'],
    [-0.1, HOUR, 'target'],
    [Number.NaN, HOUR, 'target'],
    [1 - 1e-16, HOUR, 'target'],
    [0.9, 0, 'period'],
    [0.9, Number.NaN, 'period'],
    [0.9, Infinity, 'period'],
    [0, HOUR, null],
    [0.9999999, HOUR, null],
  ])('of an objective of %d over %d ms: wrong is %j', (target, periodMs, problem) => {
    expect(objectiveProblem({ target, periodMs })).toBe(problem);
  });

  test('of no objective is an error, not a number', () => {
    expect(() => budgetOf({ target: 1, periodMs: HOUR }, of(0, 9))).toThrow(RangeError);
  });
});

describe('a service as a whole', () => {
  const good = of(0, 10_000);
  const standing = (period: WindowCounts, long: WindowCounts, short: WindowCounts) =>
    sloStanding(OBJECTIVE, [PAGE], {
      period,
      windows: new Map([
        [HOUR, long],
        [FIVE_MINUTES, short],
      ]),
    }).overall;

  test.each([
    ['healthy', of(0, 1_000_000), good, good],
    ['firing', of(200, 1_000_000), of(200, 10_000), of(20, 800)],
    ['firing', null, of(200, 10_000), of(20, 800)],
    ['firing', of(2_000, 1_000_000), of(200, 10_000), of(20, 800)],
    ['exhausted', of(1_000, 1_000_000), good, good],
    ['exhausted', of(1_000, 1_000_000), null, null],
    ['no-data', of(0, 1_000_000), good, null],
    ['no-data', null, good, good],
    ['too-few', of(2, 1_000_000), of(2, 10), of(2, 2)],
  ] satisfies [string, WindowCounts, WindowCounts, WindowCounts][])('is %s', (overall, period, long, short) => {
    expect(standing(period, long, short)).toBe(overall);
  });

  test('knows nothing of a window that is not given', () => {
    const look = { period: of(0, 1_000_000), windows: new Map([[HOUR, good]]) };
    expect(sloStanding(OBJECTIVE, [PAGE], look).overall).toBe('no-data');
  });
});
