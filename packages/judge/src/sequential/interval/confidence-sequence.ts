import { Carried, type CarriedState } from '../kernel/carried.ts';
import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import type { Counts } from '../kernel/growth.ts';
import { RatioEstimate, type RatioEstimateState } from './ratio-estimate.ts';
import { HIGHEST_RATIO, LOWEST_RATIO, RATIO_GRID, RatioEvidence, ratioAt } from './ratio-evidence.ts';

/** How many times the old version's share of bad units the new one's is. */
export type RatioInterval =
  /** It lies between them; null: the ratios that are tried say nothing of that side. */
  | { readonly is: 'between'; readonly low: number | null; readonly high: number | null }
  /** No ratio fits all that was seen: it did not stay the same. */
  | { readonly is: 'moved' };

export interface ConfidenceRules {
  /** Chance that the interval ever misses a ratio that stays the same, above 0 and below 1. */
  readonly miss: number;
  /** By how much bad units come in clusters, 1 or more. */
  readonly dispersion: number;
}

export interface ConfidenceState {
  readonly rules: string;
  readonly newBad: number;
  readonly sums: readonly number[];
  /** The true ratio lies between these, in steps from 1. */
  readonly above: number;
  readonly below: number;
  readonly carried: CarriedState;
  readonly estimate: RatioEstimateState;
}

/**
 * Confidence sequence of the ratio of two shares, to be shown after any second: of the ratios between 1/6 and 36, 10 % apart, those that the
 * evidence is not enough against, half of `miss` for the true one's being above and half for its being below. Evidence that it is above
 * a ratio is more for every lower one, in every stream: so the highest ratio that it is above and the lowest that it is below are all
 * there is to know, a look costs two ratios, and the interval between those two also holds for what is between the ratios that are tried.
 * The shares may change as they like, the ratio may not: after a regression that begins late it has moved.
 */
export class ConfidenceSequence {
  readonly #rules: string;
  readonly #evidence: RatioEvidence;
  readonly #carried = new Carried();
  readonly #estimate = new RatioEstimate();
  readonly #enough: number;
  /** The true ratio is above this one, and below that one. */
  #above = NOT_YET.above;
  #below = NOT_YET.below;

  constructor(rules: ConfidenceRules) {
    this.#rules = fingerprintOf('confidence', rules, RATIO_GRID);
    this.#evidence = new RatioEvidence(rules.dispersion);
    this.#enough = Math.log(2 / rules.miss);
  }

  /** One second. */
  look(counts: Counts): RatioInterval {
    const whole = this.#carried.with(counts);
    if (whole !== null) {
      this.#evidence.add(whole);
      this.#estimate.add(whole);
      this.#narrow();
    }
    return this.interval();
  }

  /** The ratio that fits best; null: the old version had no bad units. */
  get estimate(): number | null {
    return this.#estimate.value;
  }

  interval(): RatioInterval {
    if (this.#above >= this.#below) return { is: 'moved' };
    const low = this.#above === NOT_YET.above ? null : ratioAt(this.#above);
    return { is: 'between', low, high: this.#below === NOT_YET.below ? null : ratioAt(this.#below) };
  }

  state(): ConfidenceState {
    const [above, below, carried] = [this.#above, this.#below, this.#carried.state()];
    return { rules: this.#rules, ...this.#evidence.state(), above, below, carried, estimate: this.#estimate.state() };
  }

  /** Throws a RangeError where the state is of other rules. */
  restore(state: ConfidenceState): void {
    assertSameRules(this.#rules, state);
    this.#evidence.restore(state);
    this.#carried.restore(state.carried);
    this.#estimate.restore(state.estimate);
    this.#above = state.above;
    this.#below = state.below;
  }

  #narrow(): void {
    const { above, below } = NOT_YET;
    while (this.#above + 1 < below && this.#evidence.isThat(1, this.#above + 1, this.#enough)) this.#above += 1;
    while (this.#below - 1 > above && this.#evidence.isThat(-1, this.#below - 1, this.#enough)) this.#below -= 1;
  }
}

/** In steps from 1, one past the ratios that are tried. */
const NOT_YET = { above: LOWEST_RATIO - 1, below: HIGHEST_RATIO + 1 };
