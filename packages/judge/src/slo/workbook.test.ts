// Figures re-typed from "The Site Reliability Workbook" (O'Reilly 2018), ch. 5 "Alerting on SLOs", sre.google/workbook/alerting-on-slos.
import { describe, expect, test } from 'vitest';
import { alertProblems } from './alert-problems.ts';
import { badPerMillion, budgetOf, outageBudgetMs } from './budget.ts';
import { type BurnAlert, classicAlerts } from './burn-alert.ts';
import { burnRate, burnSpending, shareSpent, timeToExhaustionMs } from './burn-rate.ts';
import { canFire, detectionMs, resetMs } from './detection.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const THREE_NINES = { target: 0.999, periodMs: MONTH };
const oneWindow = (burn: number, longMs: number): BurnAlert => ({ severity: 'page', burn, longMs, shortMs: longMs });
const counting = { minBad: 0, eventsOfPeriod: null };

describe('the workbook', () => {
  test.each([
    // Table 5-4: burn rate, error rate for a 99.9 % SLO, time to exhaustion (the last is printed as 43 minutes).
    [1, 0.001, 30 * DAY],
    [2, 0.002, 15 * DAY],
    [10, 0.01, 3 * DAY],
    [1000, 1, 43.2 * MINUTE],
  ])('burn rate %d is an error rate of %d, and the budget lasts %d ms', (burn, errorRate, exhausted) => {
    expect(burnRate(0.999, { bad: errorRate * 1_000_000, total: 1_000_000 })).toBeCloseTo(burn, 9);
    expect(timeToExhaustionMs(burn, MONTH)).toBeCloseTo(exhausted, 3);
  });

  test.each([
    // Tables 5-6 and 5-8, and the rule with a day; "4: Alert on Burn Rate" for 5 % in an hour.
    [0.02, HOUR, 14.4],
    [0.05, 6 * HOUR, 6],
    [0.1, DAY, 3],
    [0.1, 3 * DAY, 1],
    [0.05, HOUR, 36],
  ])('a share of %d of the budget within %d ms is burn rate %d', (share, window, burn) => {
    expect(burnSpending(share, window, MONTH)).toBe(burn);
    expect(shareSpent(burn, window, MONTH)).toBeCloseTo(share, 12);
  });

  test('recommends four alerts for 30 days (table 5-8, and its rules)', () => {
    expect(classicAlerts(MONTH)).toEqual([
      { severity: 'page', burn: 14.4, longMs: HOUR, shortMs: 5 * MINUTE },
      { severity: 'page', burn: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE },
      { severity: 'ticket', burn: 3, longMs: DAY, shortMs: 2 * HOUR },
      { severity: 'ticket', burn: 1, longMs: 3 * DAY, shortMs: 6 * HOUR },
    ]);
  });

  test.each([
    // Detection of a full outage: table 5-1 (10 minutes, 0.6 s), table 5-2 (36 hours, 2 min 10 s), burn 36 in an hour (2.16 min).
    [oneWindow(1, 10 * MINUTE), 600],
    [oneWindow(1, 36 * HOUR), 129_600],
    [oneWindow(36, HOUR), 129_600],
  ])('%j sees a full outage after %d ms', (alert, detected) => {
    expect(detectionMs(alert, 0.999, 1)).toBeCloseTo(detected, 6);
  });

  test('an hour at burn rate 36 is reset after 58 minutes (table 5-5)', () => {
    expect(Math.round((resetMs(oneWindow(36, HOUR), 0.999, 1) ?? 0) / MINUTE)).toBe(58);
  });

  test('an hour at burn rate 36 never sees burn rate 35, which spends everything in 20.5 hours (table 5-5)', () => {
    expect(canFire(oneWindow(36, HOUR), 0.999, 0.035)).toBe(false);
    expect(detectionMs(oneWindow(36, HOUR), 0.999, 0.035)).toBeNull();
    expect((timeToExhaustionMs(35, MONTH) ?? 0) / HOUR).toBeCloseTo(20.57, 2);
  });

  test('15 % errors: an hour at 14.4 fires within 6 minutes, and ends within 5 (figure 5-6)', () => {
    const [page] = classicAlerts(MONTH);
    if (page === undefined) throw new Error('no page');
    expect(detectionMs(page, 0.999, 0.15)).toBeCloseTo(5.76 * MINUTE, 6);
    expect(resetMs(page, 0.999, 0.15)).toBeCloseTo(4.52 * MINUTE, 6);
  });

  test('five minutes without an answer are almost 12 % of a 30-day budget, three times that are 35 % (figure 5-3)', () => {
    const spent = (spikes: number) => {
      const total = MONTH / MINUTE;
      const budget = budgetOf(THREE_NINES, { bad: spikes * 5, total });
      return budget.state === 'no-data' ? null : budget.spentShare;
    };
    expect(spent(1)).toBeCloseTo(0.1157, 4);
    expect(spent(3)).toBeCloseTo(0.347, 3);
  });

  test('90 %: an hour spends 1.4 % at most, so the alert on 2 % can never fire (extreme availability goals)', () => {
    const lax = { target: 0.9, periodMs: MONTH };
    expect(shareSpent(burnRate(0.9, { bad: 7, total: 7 }) ?? 0, HOUR, MONTH)).toBeCloseTo(0.0139, 4);
    expect(alertProblems(lax, classicAlerts(MONTH), counting)).toEqual([
      { kind: 'never-fires', severity: 'error', alert: 0 },
    ]);
  });

  test('99.999 %: a full outage spends everything in 26 seconds (extreme availability goals)', () => {
    expect(outageBudgetMs({ target: 0.99999, periodMs: MONTH })).toBeCloseTo(25_920, 6);
  });

  test('10 requests an hour: one failure is 13.9 % of the budget, and seven are all there is (low-traffic services)', () => {
    // The workbook calls it "a 1,000x burn rate"; by its own formula 10 % of an hour's requests at 99.9 % are 100x.
    const month = (bad: number) => budgetOf(THREE_NINES, { bad, total: 7_200 });
    expect(burnRate(0.999, { bad: 1, total: 10 })).toBeCloseTo(100, 9);
    expect(month(1)).toMatchObject({ state: 'within', spentShare: expect.closeTo(0.139, 3) });
    expect([month(7).state, month(8).state]).toEqual(['within', 'exhausted']);
  });

  test('a million events at 99.9 % leave a thousand', () => {
    expect(badPerMillion(0.999)).toBe(1000);
  });
});
