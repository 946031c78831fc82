/** What is still remembered of the answers that were seen, as their number. */
export interface Past {
  readonly past: number;
  /** Answers that come. */
  readonly perSecond: number;
  /** Seconds. */
  readonly halfLife: number;
}

/** Remembered in the end where answers come for ever. */
const steady = (perSecond: number, halfLife: number): number => (perSecond * halfLife) / Math.LN2;

/** What is remembered some seconds later. */
export function grownPast(
  past: number,
  perSecond: number,
  { seconds, halfLife }: { readonly seconds: number; readonly halfLife: number },
): number {
  const kept = 2 ** (-seconds / halfLife);
  return past * kept + steady(perSecond, halfLife) * (1 - kept);
}

/** Seconds until so many answers are remembered, for each number; Infinity: never, or not for long. */
export function delaysOf({ past, perSecond, halfLife }: Past, answers: readonly number[]): readonly number[] {
  const most = steady(perSecond, halfLife);
  return answers.map((needed) => {
    if (most <= needed) return Infinity;
    return past >= needed ? 0 : halfLife * Math.log2((most - past) / (most - needed));
  });
}
