import { readWindow, type WindowCounts } from './event-counts.ts';
import { budgetRatio } from './objective.ts';

/**
 * How fast a window spends the budget: (bad / total) / (1 - target). At 1 the budget lasts exactly for the period
 * (Site Reliability Workbook, ch. 5, "4: Alert on Burn Rate"). null where the window says nothing.
 * Throws RangeError where the target is none.
 */
export function burnRate(target: number, window: WindowCounts): number | null {
  const ratio = budgetRatio(target);
  const reading = readWindow(window);
  return reading.is === 'known' ? reading.errorRatio / ratio : null;
}

/** The burn rate that spends `budgetShare` (0..1) of the period's budget within a window: share × period / window (ibid.). */
export function burnSpending(budgetShare: number, windowMs: number, periodMs: number): number {
  // Twelve digits: 0.02 × 720 h / 1 h is 14.4.
  return Number(((budgetShare * periodMs) / windowMs).toPrecision(12));
}

/** The share of the period's budget that such a burn spends within a window: burn × window / period (ibid.). */
export function shareSpent(burn: number, windowMs: number, periodMs: number): number {
  return (burn * windowMs) / periodMs;
}

/** Milliseconds until a full budget is spent: period / burn (ibid., table 5-4). null where it never is. */
export function timeToExhaustionMs(burn: number, periodMs: number): number | null {
  return burn > 0 ? periodMs / burn : null;
}
