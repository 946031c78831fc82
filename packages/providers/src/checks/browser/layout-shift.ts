const GAP_MS = 1_000;
const LONGEST_MS = 5_000;

export interface Shift {
  /** Milliseconds from the navigation. */
  readonly at: number;
  readonly value: number;
}

/**
 * Cumulative layout shift: the largest sum of a session window. A window goes on while the next shift comes less than 1 s after the last
 * and less than 5 s after the first (web.dev/articles/cls). Shifts in the order in which they came; 0 without any.
 */
export function cumulativeLayoutShift(shifts: readonly Shift[]): number {
  let largest = 0;
  let window = { first: -Infinity, last: -Infinity, sum: 0 };
  for (const { at, value } of shifts) {
    const goesOn = at - window.last < GAP_MS && at - window.first < LONGEST_MS;
    window = goesOn ? { ...window, last: at, sum: window.sum + value } : { first: at, last: at, sum: value };
    largest = Math.max(largest, window.sum);
  }
  return largest;
}
