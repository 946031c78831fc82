/** A service that is launched: how much it is asked, how much of that the new version gets, and how often it fails anyway. */
export interface Cell {
  /** Requests a second, of both versions. */
  readonly rate: number;
  /** The new version's share of them, 0..1. */
  readonly share: number;
  /** Share of bad answers of the old version, 0..1. */
  readonly base: number;
}

const RATES = [50, 500, 5_000];
const SHARES = [0.01, 0.05, 0.1, 0.5];
const BASES = [0.001, 0.003, 0.01];

export const GRID: readonly Cell[] = RATES.flatMap((rate) =>
  SHARES.flatMap((share) => BASES.map((base) => ({ rate, share, base }))),
);

/** The one that is shown alone. */
export const MIDDLE: Cell = { rate: 500, share: 0.05, base: 0.003 };

/** Seconds that a launch is watched. */
export const HOUR = 3_600;

export function cellText({ rate, share, base }: Cell): string {
  return `${rate.toLocaleString('en')}/s, ${percent(share)} new, ${percent(base)} bad`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
