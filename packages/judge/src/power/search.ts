const MOST_DOUBLINGS = 40;
/** Relative width at which a search ends: what is found is told in two digits. */
const CLOSE = 0.003;

/** The smallest value from `least` to `most` at which a growing chance is as large as asked, both above 0; null: none. */
export function smallestWith(
  asked: number,
  chanceAt: (value: number) => number,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  if (chanceAt(least) >= asked) return least;
  // What is never found is said at once.
  if (chanceAt(most) < asked) return null;
  let [low, high] = [least, least];
  for (let doubling = 0; doubling < MOST_DOUBLINGS && high < most; doubling += 1) {
    low = high;
    high = Math.min(most, 2 * high);
    if (chanceAt(high) >= asked) return narrowed(asked, chanceAt, [low, high]);
  }
  return null;
}

function narrowed(asked: number, chanceAt: (value: number) => number, within: readonly [number, number]): number {
  let [low, high] = within;
  while (high / low > 1 + CLOSE) {
    const middle = Math.sqrt(low * high);
    if (chanceAt(middle) >= asked) high = middle;
    else low = middle;
  }
  return high;
}
