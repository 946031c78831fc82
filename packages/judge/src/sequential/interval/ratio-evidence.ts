import type { Counts } from '../kernel/growth.ts';
import { logSum } from '../kernel/log-sum.ts';

/** Ratios above 1, and as many below: between 1/6 and 6, 5 % apart. */
export const RATIOS_EITHER_SIDE = 36;
const LOG_STEP = Math.log(6) / RATIOS_EITHER_SIDE;
/** Factors that are bet on, in steps between ratios: 1.1, 1.2, 1.35, 1.6, 2.2, 3.3, 6 and 15, alike. */
const FACTORS = [2, 4, 6, 10, 16, 24, 36, 54];
const FARTHEST = RATIOS_EITHER_SIDE + Math.max(...FACTORS);
const LOG_SHARE = -Math.log(FACTORS.length);

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
  readonly #sums = new Float64Array(2 * FARTHEST + 1);
  readonly #powers = this.#sums.map((_, index) => ratioAt(index - FARTHEST));
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
    const split = newUnits / oldUnits;
    for (let at = 0; at < this.#sums.length; at += 1)
      this.#sums[at] = (this.#sums[at] ?? 0) + bad * Math.log1p((this.#powers[at] ?? 0) * split);
  }

  /** ln of the evidence that the true ratio is above (1) or below (-1) the one so many steps above 1. */
  that(side: 1 | -1, ratio: number): number {
    for (const [at, factor] of FACTORS.entries()) this.#logs[at] = this.#logOf(ratio, side * factor);
    return logSum(this.#logs);
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

  #logOf(ratio: number, factor: number): number {
    const at = ratio + FARTHEST;
    const moved = (this.#sums[at] ?? 0) - (this.#sums[at + factor] ?? 0);
    return LOG_SHARE + (this.#newBad * factor * LOG_STEP + moved) / this.#dispersion;
  }
}
