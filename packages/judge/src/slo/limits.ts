/** What rounding may add to or take from a product of three factors. 14.4 × 0.001 × 10,000 is 144, not a little more. */
const ROUNDING = 1e-12;

/** More than the limit, and not by rounding. False where either is NaN. */
export function exceeds(value: number, limit: number): boolean {
  return value > limit * (1 + ROUNDING);
}

/** The limit or more, give or take rounding. False where either is NaN. */
export function reaches(value: number, limit: number): boolean {
  return value >= limit * (1 - ROUNDING);
}
