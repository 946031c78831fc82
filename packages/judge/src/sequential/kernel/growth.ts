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

/** `dispersion`: by how much bad units come in clusters, 1 or more: the evidence is divided by it. */
export type DispersedMargin = Margin & { readonly dispersion: number };

/**
 * Bets that the new version's share of bad units is above `ratio` times the old one's plus `points`; with factors below 1, that it is
 * below. For every share that the old version may have in a second the expected growth is at most 1: with
 * kappa = ratio * newUnits / oldUnits, x = (g-1) / (1 + kappa g) and B = 1 - kappa x / (1 + points x),
 * S = (1+x)^newBad * B^oldBad * (1 + points x)^-newUnits. Where points are 0 it is the likelihood ratio of the binomial test that is
 * conditional on the bad ones (Lindon and Malek, arXiv 2011.03567), its split read anew every second.
 */
export class ComparisonBets {
  /** Its shares are those of whoever bets. */
  readonly grid: readonly Point[];
  readonly #margin: DispersedMargin;
  readonly #factors: readonly number[];
  readonly #logs: readonly number[];
  readonly #growth: Growth;

  constructor(grid: readonly Point[], margin: DispersedMargin) {
    this.grid = grid;
    this.#margin = margin;
    this.#factors = grid.map(({ factor }) => factor);
    this.#logs = this.#factors.map((factor) => Math.log(factor));
    this.#growth = new Float64Array(grid.length);
  }

  /** A second in which both arms had units. Read the answer before the next call: its memory is used again. */
  on(counts: Counts): Growth {
    return this.#margin.points === 0 ? this.#withoutPoints(counts) : this.#withPoints(counts);
  }

  /** Without points 1+x = g (1+kappa) / (1 + kappa g) and B = (1+kappa) / (1 + kappa g): one logarithm serves both. */
  #withoutPoints({ newUnits, newBad, oldUnits, oldBad }: Counts): Growth {
    const { ratio, dispersion } = this.#margin;
    const growth = this.#growth;
    const all = newBad + oldBad;
    if (all === 0) return growth.fill(0);
    const kappa = (ratio * newUnits) / oldUnits;
    const whole = Math.log1p(kappa);
    for (let k = 0; k < growth.length; k += 1) {
      const share = whole - Math.log1p(kappa * (this.#factors[k] ?? 1));
      growth[k] = (newBad * (this.#logs[k] ?? 0) + all * share) / dispersion;
    }
    return growth;
  }

  #withPoints({ newUnits, newBad, oldUnits, oldBad }: Counts): Growth {
    const { ratio, points, dispersion } = this.#margin;
    const growth = this.#growth;
    const kappa = (ratio * newUnits) / oldUnits;
    for (let k = 0; k < growth.length; k += 1) {
      const factor = this.#factors[k] ?? 1;
      const x = (factor - 1) / (1 + kappa * factor);
      let log = -newUnits * Math.log1p(points * x);
      if (newBad !== 0) log += newBad * Math.log1p(x);
      if (oldBad !== 0) log += oldBad * Math.log1p((-kappa * x) / (1 + points * x));
      growth[k] = log / dispersion;
    }
    return growth;
  }
}
