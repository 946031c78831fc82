import type { Counts } from '../kernel/growth.ts';
import { logSum } from '../kernel/log-sum.ts';
import { LOG_STEP, LogOnePlus } from './log-one-plus.ts';

/** Ratios that are tried, in steps from 1: from 1/6 to 36, 10 % apart. What is worse by far is met more often than what is better by far. */
export const LOWEST_RATIO = -18;
export const HIGHEST_RATIO = 36;
/** Factors that are bet on, in steps between ratios: 1.1, 1.2, 1.35, 1.6, 2.2, 3.3, 6 and 15, alike. */
const FACTORS = [1, 2, 3, 5, 8, 12, 18, 27];
const FARTHEST = Math.max(...FACTORS);
const LOWEST = LOWEST_RATIO - FARTHEST;
const HIGHEST = HIGHEST_RATIO + FARTHEST;
const LOG_SHARE = -Math.log(FACTORS.length);
const LOGS = new LogOnePlus(LOWEST, HIGHEST);

/** What a state must have in common with whoever goes on from it. */
export const RATIO_GRID = [LOG_STEP, LOWEST_RATIO, HIGHEST_RATIO, FACTORS] as const;

export interface RatioEvidenceState {
  readonly newBad: number;
  readonly sums: readonly number[];
}

/** The ratio so many steps above 1. */
export function ratioAt(step: number): number {
  return Math.exp(step * LOG_STEP);
}

/**
 * Evidence against each ratio of two shares at once. With r = newUnits / oldUnits of a second, the bet on factor g against ratio rho grows
 * by newBad ln g + (newBad + oldBad) (ln(1 + rho r) - ln(1 + rho g r)), see ComparisonBets. Ratios and factors are powers of one step,
 * so rho g is one too, and a sum for each power serves all of them.
 */
export class RatioEvidence {
  readonly #dispersion: number;
  /** Of (newBad + oldBad) ln(1 + c r) over the seconds, by power of c, the lowest first. */
  readonly #sums = new Float64Array(HIGHEST - LOWEST + 1);
  readonly #logs = new Float64Array(FACTORS.length);
  #newBad = 0;

  constructor(dispersion: number) {
    this.#dispersion = dispersion;
  }

  /** A second in which both arms had units. */
  add({ newUnits, newBad, oldUnits, oldBad }: Counts): void {
    const bad = newBad + oldBad;
    if (bad === 0) return;
    this.#newBad += newBad;
    LOGS.addTo(this.#sums, newUnits / oldUnits, bad);
  }

  /** ln of the evidence that the true ratio is above (1) or below (-1) the one so many steps above 1. */
  that(side: 1 | -1, ratio: number): number {
    this.#grow(side, ratio);
    return logSum(this.#logs);
  }

  /** Whether that evidence reaches `enough`. Cheaper where it does not: no mean is above its largest part. */
  isThat(side: 1 | -1, ratio: number, enough: number): boolean {
    return this.#grow(side, ratio) - LOG_SHARE >= enough && logSum(this.#logs) >= enough;
  }

  state(): RatioEvidenceState {
    return { newBad: this.#newBad, sums: [...this.#sums] };
  }

  /** Throws a RangeError where the state is of other factors. */
  restore({ newBad, sums }: RatioEvidenceState): void {
    if (sums.length !== this.#sums.length) throw new RangeError('this state is of other factors');
    this.#newBad = newBad;
    this.#sums.set(sums);
  }

  /** Gives the largest part of the mixture. */
  #grow(side: 1 | -1, ratio: number): number {
    let high = -Infinity;
    for (let at = 0; at < FACTORS.length; at += 1) {
      const log = this.#logOf(ratio, side * (FACTORS[at] ?? 0));
      this.#logs[at] = log;
      if (log > high) high = log;
    }
    return high;
  }

  #logOf(ratio: number, factor: number): number {
    const at = ratio - LOWEST;
    const moved = (this.#sums[at] ?? 0) - (this.#sums[at + factor] ?? 0);
    return LOG_SHARE + (this.#newBad * factor * LOG_STEP + moved) / this.#dispersion;
  }
}
