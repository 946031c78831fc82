/** What is wrong with a new version. */
export interface Regression {
  readonly name: string;
  /** Seconds after the launch began at which it begins to be. */
  readonly onset: number;
  /** The new version's share of bad answers in a second, 1 the first, where the old one's is `base`. */
  readonly rateAt: (base: number, second: number) => number;
}

const HALF_HOUR = 1_800;

/** Bad answers so many times as often, from the first second on. */
export function times(factor: number): Regression {
  return { name: `x${factor}`, onset: 0, rateAt: (base) => Math.min(1, factor * base) };
}

/** So many percentage points more. */
function points(more: number): Regression {
  return { name: `+${more} pp`, onset: 0, rateAt: (base) => Math.min(1, base + more / 100) };
}

export const NO_REGRESSION: Regression = { name: 'none', onset: 0, rateAt: (base) => base };

export const REGRESSIONS: readonly Regression[] = [
  times(1.5),
  times(2),
  times(5),
  points(0.5),
  points(5),
  { name: 'total outage', onset: 0, rateAt: () => 1 },
  {
    name: 'leak, x5 after 30 min',
    onset: 0,
    rateAt: (base, second) => base * (1 + 4 * Math.min(1, second / HALF_HOUR)),
  },
  { name: 'x5 from minute 30 on', onset: HALF_HOUR, rateAt: (base, second) => base * (second > HALF_HOUR ? 5 : 1) },
];
