import type { BurnAlert } from './burn-alert.ts';
import { exceeds } from './limits.ts';
import { budgetRatio } from './objective.ts';

/** Whether errors at this ratio, kept up long enough, make it fire. With 1, whether anything at all does. */
export function canFire(alert: BurnAlert, target: number, errorRatio = 1): boolean {
  return exceeds(errorRatio, alert.burn * budgetRatio(target));
}

/**
 * Milliseconds from the first error until it fires, where nothing failed before and the traffic stays the same:
 * (1 - target) / error ratio × long window × burn (Site Reliability Workbook, ch. 5, "4: Alert on Burn Rate"). The short window is full
 * of errors by then. null where such errors never make it fire.
 */
export function detectionMs(alert: BurnAlert, target: number, errorRatio: number): number | null {
  if (!canFire(alert, target, errorRatio)) return null;
  return (budgetRatio(target) / errorRatio) * alert.longMs * alert.burn;
}

/**
 * Milliseconds from the last error until it ends, where the errors end when it fires: until the short window holds too few of them.
 * short window × (1 - burn × (1 - target) / error ratio); with one window of an hour the workbook's 58 minutes (ibid., table 5-5).
 */
export function resetMs(alert: BurnAlert, target: number, errorRatio: number): number | null {
  if (!canFire(alert, target, errorRatio)) return null;
  return alert.shortMs * (1 - (alert.burn * budgetRatio(target)) / errorRatio);
}
