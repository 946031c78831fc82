import type { Design, Point } from './design.ts';
import { logAdd } from './log-sum.ts';

/** Logarithms of what a bet on each point of a grid came to in one second, in the grid's order. Finite. */
export type Growth = Float64Array;

/** JSON holds it; null is -Infinity. */
export interface EProcessState {
  readonly seconds: number;
  readonly reserve: number | null;
  readonly points: readonly (number | null)[];
}

/** Below this a part of the whole is added by its logarithm: as a plain number it would lose digits, or be nothing. */
const FAINT = 1e-200;

/**
 * A mixture of bets over the points of a grid and over the second in which harm begins. Both are priors, so by Ville's inequality the
 * chance that it ever reaches 1/alpha under the null is at most alpha, however often one looks (Howard, Ramdas, McAuliffe, Sekhon,
 * Annals of Statistics 2021; the unknown start as in Shin, Ramdas, Rinaldo, e-detectors). Its expected value is at most 1 at every
 * second for as long as the null holds, whenever one stops.
 */
export class EProcess {
  readonly #grid: readonly Point[];
  // Plain arrays of doubles: an analysis holds dozens of these, and a typed array costs 200 bytes before its first number.
  readonly #points: number[];
  /** Each point's part of the whole, as a multiple of e^high. */
  readonly #parts: number[];
  readonly #startScale: number;
  #reserve: number;
  #seconds = 0;

  /** `early`: see Design; 1 where nothing waits for a later start. */
  constructor(grid: readonly Point[], { early, startScale }: Pick<Design, 'early' | 'startScale'>) {
    this.#grid = grid;
    this.#points = grid.map(({ share }) => Math.log(share) + Math.log(early));
    this.#parts = grid.map(({ share }) => share);
    this.#reserve = early === 1 ? -Infinity : Math.log1p(-early);
    this.#startScale = startScale;
  }

  /** One second: what was bet came to `growth`; null: nothing was bet. Gives ln E, on which to decide. */
  look(growth: Growth | null): number {
    this.#seconds += 1;
    const high = this.#grow(growth);
    const parts = this.#parts;
    let sum = Math.exp(this.#reserve - high);
    for (let k = 0; k < parts.length; k += 1) {
      const part = Math.exp((this.#points[k] ?? 0) - high);
      parts[k] = part;
      sum += part;
    }
    this.#startMore(high);
    return high + Math.log(sum);
  }

  state(): EProcessState {
    const points = this.#points.map(finiteOrNull);
    return { seconds: this.#seconds, reserve: finiteOrNull(this.#reserve), points };
  }

  /** Goes on from where another one of the same grid and design was. Throws a RangeError where the state is of another grid. */
  restore({ seconds, reserve, points }: EProcessState): void {
    if (points.length !== this.#points.length) throw new RangeError('this state is of another grid');
    this.#seconds = seconds;
    this.#reserve = reserve ?? -Infinity;
    for (const [k, point] of points.entries()) this.#points[k] = point ?? -Infinity;
  }

  /** The logarithm of the largest part of the whole, after the bets came out. */
  #grow(growth: Growth | null): number {
    const points = this.#points;
    let high = this.#reserve;
    for (let k = 0; k < points.length; k += 1) {
      const log = (points[k] ?? 0) + (growth === null ? 0 : (growth[k] ?? 0));
      points[k] = log;
      if (log > high) high = log;
    }
    return high;
  }

  /** Bets a little of what waits from the next second on: harm may begin then. */
  #startMore(high: number): void {
    if (this.#reserve === -Infinity) return;
    const hazard = 1 / (this.#seconds + this.#startScale);
    const log = this.#reserve + Math.log(hazard);
    const started = Math.exp(log - high);
    const points = this.#points;
    for (let k = 0; k < points.length; k += 1) {
      const before = points[k] ?? 0;
      const part = this.#parts[k] ?? 0;
      const share = this.#grid[k]?.share ?? 0;
      points[k] = part < FAINT ? logAdd(before, log + Math.log(share)) : before + Math.log1p((started * share) / part);
    }
    this.#reserve += Math.log1p(-hazard);
  }
}

function finiteOrNull(log: number): number | null {
  return log === -Infinity ? null : log;
}
