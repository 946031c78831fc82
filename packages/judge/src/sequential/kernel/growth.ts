import type { Point } from './design.ts';
import type { Growth } from './e-process.ts';

/** What both arms did in one second: units (requests, users), and how many of them were bad. Not negative; fractions are allowed. */
export interface Counts {
  readonly newUnits: number;
  readonly newBad: number;
  readonly oldUnits: number;
  readonly oldBad: number;
}

/** The new version may be bad in `ratio` times the old one's share, and `points` (0.001 is 0.1 percentage points) more. */
export interface Margin {
  /** 1 or more. */
  readonly ratio: number;
  /** 0 or more. */
  readonly points: number;
}

/**
 * Bets that the new version's share of bad units is above `ratio` times the old one's plus `points`, in a second in which both arms had
 * units; with factors below 1, that it is below. For every share that the old version may have in that second the expected growth is
 * at most 1: with kappa = ratio * newUnits / oldUnits, x = (g-1) / (1 + kappa g) and B = 1 - kappa x / (1 + points x),
 * S = (1+x)^newBad * B^oldBad * (1 + points x)^-newUnits. Where points are 0 it is the likelihood ratio of the binomial test that is
 * conditional on the bad ones (Lindon and Malek, arXiv 2011.03567), its split read anew every second.
 * `dispersion`: by how much bad units come in clusters, 1 or more: the evidence is divided by it.
 */
export function comparisonGrowth(
  grid: readonly Point[],
  { newUnits, newBad, oldUnits, oldBad }: Counts,
  { ratio, points, dispersion }: Margin & { readonly dispersion: number },
): Growth {
  const kappa = (ratio * newUnits) / oldUnits;
  return Float64Array.from(grid, ({ factor }) => {
    const x = (factor - 1) / (1 + kappa * factor);
    const shift = points === 0 ? 0 : Math.log1p(points * x);
    const old = oldBad === 0 ? 0 : oldBad * Math.log1p((-kappa * x) / (1 + points * x));
    const fresh = newBad === 0 ? 0 : newBad * Math.log1p(x);
    return (fresh + old - newUnits * shift) / dispersion;
  });
}

/** Bets that the share of bad units is above `limit` (0..1), nothing to compare with; with factors below 1, that it is below. */
export function limitGrowth(grid: readonly Point[], units: number, bad: number, limit: number): Growth {
  return Float64Array.from(grid, ({ factor }) => bad * Math.log(factor) - units * Math.log1p(limit * (factor - 1)));
}
