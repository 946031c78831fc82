/** Constants of the e-processes: priors, so that any choice is valid and only the time to a decision depends on it. */
export interface Design {
  /** Factors of harm that are bet on, each above 1, smallest first. */
  readonly up: readonly Point[];
  /** Factors of being harmless, each between 0 and 1, smallest first. */
  readonly down: readonly Point[];
  /** Share of the prior that is bet from the first second on; the rest waits for harm that begins later. Above 0, at most 1. */
  readonly early: number;
  /** Seconds after which half of what waited has begun to be bet. */
  readonly startScale: number;
}

/** A factor with its share of the prior; the shares of a grid add up to 1. */
export interface Point {
  readonly factor: number;
  readonly share: number;
}

/** Twelve points, geometric in (factor - 1): the growth rate between two of them is lost by less than 7 %. */
export const REFERENCE_DESIGN: Design = {
  up: alike(Array.from({ length: 12 }, (_, k) => 1 + 0.25 * 1.9 ** k)),
  down: alike([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]),
  early: 0.5,
  startScale: 600,
};

/**
 * More of the prior where regressions are met, from half as much again to five times as many, and on their being there from the first
 * second on: what is far worse needs few requests to show whatever is bet on it, and what is hardly worse must stay provable.
 */
export const DEFAULT_DESIGN: Design = {
  ...REFERENCE_DESIGN,
  up: [
    { factor: 1.25, share: 0.05 },
    { factor: 1.6, share: 0.3 },
    { factor: 2.5, share: 0.25 },
    { factor: 5, share: 0.2 },
    { factor: 12, share: 0.12 },
    { factor: 40, share: 0.08 },
  ],
  early: 0.75,
  startScale: 900,
};

function alike(factors: readonly number[]): readonly Point[] {
  return factors.map((factor) => ({ factor, share: 1 / factors.length }));
}
