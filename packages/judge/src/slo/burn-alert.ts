import { burnSpending } from './burn-rate.ts';

/**
 * Alerts where the budget burns faster than `burn` in the long window, so that it matters, and in the short one, so that it goes on now
 * (Site Reliability Workbook, ch. 5, "6: Multiwindow, Multi-Burn-Rate Alerts"). With both windows the same it is one window.
 */
export interface BurnAlert {
  /** `page`, `ticket`, or what a team calls it. */
  readonly severity: string;
  /** The burn rate that must be exceeded. */
  readonly burn: number;
  /** Milliseconds. */
  readonly longMs: number;
  /** Milliseconds; at most `longMs`. */
  readonly shortMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The table of the workbook (ibid., table 5-8, with the row of its rules that has a day): for 30 days the burns are 14.4, 6, 3, 1. */
const CLASSIC = [
  { severity: 'page', budgetShare: 0.02, longMs: HOUR, shortMs: 5 * MINUTE },
  { severity: 'page', budgetShare: 0.05, longMs: 6 * HOUR, shortMs: 30 * MINUTE },
  { severity: 'ticket', budgetShare: 0.1, longMs: DAY, shortMs: 2 * HOUR },
  { severity: 'ticket', budgetShare: 0.1, longMs: 3 * DAY, shortMs: 6 * HOUR },
] as const;

/**
 * The classic alerts for a period: the same shares of the budget in the same windows, so other burn rates. None is below 1: such an alert
 * would call while the objective holds. A window that is as long as the period is left out; for an hour or less there is no alert left.
 */
export function classicAlerts(periodMs: number): readonly BurnAlert[] {
  return CLASSIC.filter(({ longMs }) => longMs < periodMs).map(({ severity, budgetShare, longMs, shortMs }) => {
    return { severity, burn: Math.max(1, burnSpending(budgetShare, longMs, periodMs)), longMs, shortMs };
  });
}

/** Whether its numbers can be those of an alert. */
export function isAlert({ burn, longMs, shortMs }: BurnAlert): boolean {
  return burn > 0 && Number.isFinite(burn) && shortMs > 0 && shortMs <= longMs && Number.isFinite(longMs);
}
