/** Places numbers above 0 by their logarithm. */
export interface LogScale {
  /** Numbers at the two ends. */
  readonly from: number;
  readonly to: number;
  /** Where the ends are drawn. */
  readonly at: readonly [number, number];
}

export function place({ from, to, at: [first, last] }: LogScale, number: number): number {
  const part = Math.log(number / from) / Math.log(to / from);
  return Math.round((first + part * (last - first)) * 10) / 10;
}
