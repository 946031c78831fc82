import type { BudgetPolicy } from './schema.ts';

export type BudgetClass = 'normal' | 'review' | 'fixes' | 'freeze';

/** In words for people. */
export const CLASS_WORDS: Readonly<Record<BudgetClass, string>> = {
  normal: 'normal',
  review: 'reinforced review',
  fixes: 'fixes only',
  freeze: 'freeze',
};

/** Where rounding would make 0.5 of what is 0.5000000000000001. */
const TOLERANCE = 1e-9;

/**
 * The share of the error budget that is left: 1 - (bad / total) / (1 - objective), over the window. 1: nothing was bad; 0: all is
 * spent; below 0: more than there was. `badShare`: bad / total, 0 to 1; `objective`: above 0, below 1. Google's SRE workbook,
 * "Implementing SLOs". Pure.
 */
export const budgetLeft = (badShare: number, objective: number): number => 1 - badShare / (1 - objective);

/** More than `normal-above`: normal; from `fixes-below` up to there, both included: review; below: fixes only; nothing: freeze. Pure. */
export function classOf(left: number, policy: Pick<BudgetPolicy, 'normal-above' | 'fixes-below'>): BudgetClass {
  // Not a number is no budget.
  if (!(left > TOLERANCE)) return 'freeze';
  if (left < policy['fixes-below'] - TOLERANCE) return 'fixes';
  return left > policy['normal-above'] + TOLERANCE ? 'normal' : 'review';
}
