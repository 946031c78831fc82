import type { Point } from './design.ts';
import type { Growth } from './e-process.ts';

/** Bets that the share of bad units is above a limit (0..1), nothing to compare with; with factors below 1, that it is below. */
export class LimitBets {
  readonly #factors: Float64Array;
  readonly #logs: Float64Array;
  readonly #falls: Float64Array;
  readonly #growth: Growth;
  #limit = 0;

  constructor(grid: readonly Point[]) {
    this.#factors = Float64Array.from(grid, ({ factor }) => factor);
    this.#logs = this.#factors.map((factor) => Math.log(factor));
    this.#falls = new Float64Array(grid.length);
    this.#growth = new Float64Array(grid.length);
  }

  /** Read the answer before the next call: its memory is used again. */
  on(units: number, bad: number, limit: number): Growth {
    if (limit !== this.#limit) this.#turnTo(limit);
    const growth = this.#growth;
    for (let k = 0; k < growth.length; k += 1) growth[k] = bad * (this.#logs[k] ?? 0) - units * (this.#falls[k] ?? 0);
    return growth;
  }

  #turnTo(limit: number): void {
    this.#limit = limit;
    for (const [k, factor] of this.#factors.entries()) this.#falls[k] = Math.log1p(limit * (factor - 1));
  }
}
