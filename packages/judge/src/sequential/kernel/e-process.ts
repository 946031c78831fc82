import type { Design, Point } from './design.ts';
import { logAdd, logSum } from './log-sum.ts';

/** Logarithms of what a bet on each point of a grid came to in one second, in the grid's order. */
export type Growth = Float64Array;

/** Whose expected value is at most 1 at every second for as long as the null holds, whenever one stops. JSON holds it; -Infinity is null. */
export interface EProcessState {
  readonly seconds: number;
  readonly reserve: number | null;
  readonly points: readonly number[];
}

/**
 * A mixture of bets over the points of a grid and over the second in which harm begins. Both are priors, so by Ville's inequality the
 * chance that it ever reaches 1/alpha under the null is at most alpha, however often one looks (Howard, Ramdas, McAuliffe, Sekhon,
 * Annals of Statistics 2021; the unknown start as in Shin, Ramdas, Rinaldo, e-detectors).
 */
export class EProcess {
  readonly #shares: Float64Array;
  readonly #points: Float64Array;
  readonly #startScale: number;
  #reserve: number;
  #seconds = 0;

  /** `early`: see Design; 1 where nothing waits for a later start. */
  constructor(grid: readonly Point[], { early, startScale }: Pick<Design, 'early' | 'startScale'>) {
    this.#shares = Float64Array.from(grid, ({ share }) => Math.log(share));
    this.#points = this.#shares.map((share) => share + Math.log(early));
    this.#reserve = early === 1 ? -Infinity : Math.log1p(-early);
    this.#startScale = startScale;
  }

  /** One second: what was bet came to `growth`; null: nothing was bet. Gives ln E, on which to decide. */
  look(growth: Growth | null): number {
    this.#seconds += 1;
    if (growth !== null) for (let k = 0; k < this.#points.length; k += 1) this.#add(k, growth[k] ?? 0);
    const value = logAdd(this.#reserve, logSum(this.#points));
    this.#startMore();
    return value;
  }

  state(): EProcessState {
    const reserve = this.#reserve === -Infinity ? null : this.#reserve;
    return { seconds: this.#seconds, reserve, points: [...this.#points] };
  }

  /** Goes on from where another one of the same grid and design was. */
  restore({ seconds, reserve, points }: EProcessState): void {
    if (points.length !== this.#points.length) throw new RangeError('this state is of another grid');
    this.#seconds = seconds;
    this.#reserve = reserve ?? -Infinity;
    this.#points.set(points);
  }

  #add(point: number, log: number): void {
    // Bets that came to nothing stay at nothing.
    const before = this.#points[point] ?? -Infinity;
    if (before !== -Infinity) this.#points[point] = before + log;
  }

  /** Bets a little of what waits from the next second on: harm may begin then. */
  #startMore(): void {
    if (this.#reserve === -Infinity) return;
    const hazard = 1 / (this.#seconds + this.#startScale);
    const started = this.#reserve + Math.log(hazard);
    for (let k = 0; k < this.#points.length; k += 1)
      this.#points[k] = logAdd(this.#points[k] ?? -Infinity, started + (this.#shares[k] ?? -Infinity));
    this.#reserve += Math.log1p(-hazard);
  }
}
