import { describe, expect, test } from 'vitest';
import { type AlertProblem, alertProblems } from './alert-problems.ts';
import { type BurnAlert, classicAlerts } from './burn-alert.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const alert = (changes: Partial<BurnAlert>): BurnAlert => {
  return { severity: 'page', burn: 14.4, longMs: HOUR, shortMs: HOUR / 12, ...changes };
};

describe('the problems of an alert', () => {
  test.each([
    ['none', alert({}), 0.999, null, null],
    ['burn × budget is 1', alert({ burn: 10 }), 0.9, null, 'never-fires'],
    ['burn × budget is a little less', alert({ burn: 9.99 }), 0.9, null, null],
    ['any error at all is allowed', alert({ burn: 1 }), 0, null, 'never-fires'],
    ['a window longer than the period', alert({ longMs: 31 * DAY }), 0.999, null, 'longer-than-period'],
    ['windows the wrong way round', alert({ shortMs: 2 * HOUR }), 0.999, null, 'not-an-alert'],
    ['it fires while the objective holds', alert({ burn: 0.9 }), 0.999, null, 'within-budget'],
    ['two events an hour', alert({}), 0.999, 1_440, 'little-traffic'],
    ['three events an hour', alert({}), 0.999, 2_160, null],
    ['a traffic that is no number', alert({}), 0.999, Number.NaN, 'little-traffic'],
  ] satisfies [string, BurnAlert, number, number | null, AlertProblem['kind'] | null][])(
    '%s',
    (_, one, target, eventsOfPeriod, kind) => {
      const found = alertProblems({ target, periodMs: MONTH }, [one], { minBad: 3, eventsOfPeriod });
      expect(found.map((problem) => problem.kind)).toEqual(kind === null ? [] : [kind]);
    },
  );

  test('name the alert, and only what cannot work is an error', () => {
    const alerts = [alert({}), alert({ burn: 2_000 }), alert({ burn: 0.5 })];
    expect(alertProblems({ target: 0.999, periodMs: MONTH }, alerts, { minBad: 3, eventsOfPeriod: null })).toEqual([
      { kind: 'never-fires', severity: 'error', alert: 1 },
      { kind: 'within-budget', severity: 'warning', alert: 2 },
    ]);
  });

  test('are not looked for where there is no objective', () => {
    const traffic = { minBad: 3, eventsOfPeriod: null };
    expect(() => alertProblems({ target: 1, periodMs: MONTH }, [], traffic)).toThrow(RangeError);
  });
});

describe('the classic alerts', () => {
  test.each([
    [90 * DAY, [43.2, 18, 9, 3]],
    [28 * DAY, [13.44, 5.6, 2.8, 1]],
    [7 * DAY, [3.36, 1.4, 1, 1]],
    [2 * DAY, [1, 1, 1]],
    [HOUR, []],
  ])('for %d ms burn at %j', (periodMs, burns) => {
    expect(classicAlerts(periodMs).map(({ burn }) => burn)).toEqual(burns);
  });
});
