/** A promise: this share of the events of any such period is good. */
export interface Objective {
  /** 0 or more, less than 1: 0.999. With 1 there would be no budget, and every single bad event would break it. */
  readonly target: number;
  /** Milliseconds; a rolling window that ends now. */
  readonly periodMs: number;
}

/** Ten years. What is longer is a mistake. */
const LONGEST_PERIOD_MS = 10 * 366 * 86_400_000;
/** Decimals of 1 - target that mean something: 1 - 0.9 is 0.09999999999999998. */
const DECIMALS = 15;

/** What is wrong with it, null where nothing is. */
export function objectiveProblem(objective: Objective): 'target' | 'period' | null {
  if (ratioOf(objective.target) === null) return 'target';
  return objective.periodMs > 0 && objective.periodMs <= LONGEST_PERIOD_MS ? null : 'period';
}

/**
 * The share of events that may be bad: 1 - target (Site Reliability Workbook, ch. 2, "Error budgets").
 * Throws RangeError where the target is none.
 */
export function budgetRatio(target: number): number {
  const ratio = ratioOf(target);
  if (ratio === null) throw new RangeError(`no target of an objective: ${target}`);
  return ratio;
}

function ratioOf(target: number): number | null {
  const ratio = Number((1 - target).toFixed(DECIMALS));
  return ratio > 0 && ratio <= 1 ? ratio : null;
}
