import {
  type ConfidenceRules,
  ConfidenceSequence,
  type ConfidenceState,
  type RatioInterval,
} from '../sequential/interval/confidence-sequence.ts';
import type { Counts } from '../sequential/kernel/growth.ts';
import { ClockShifts } from '../sequential/metrics/clock-shifts.ts';

/**
 * How many times the old version's share of bad units the new one's is, over all looks of the analysis; where higher is better, of good
 * units.
 */
export type TimesOld = RatioInterval & {
  /** What fits best; null: the old version had none. */
  readonly estimate: number | null;
  /** Chance, 0..1, that a ratio that stays the same lies in the interval at all looks together. */
  readonly confidence: number;
};

export interface TimesOldState {
  /** The newest looks, the oldest first. */
  readonly recent: readonly Counts[];
  readonly lags: readonly ConfidenceState[];
}

/** What an interval may miss. */
export const TIMES_MISS = 0.05;

/** Which shift of the clocks is the right one nobody knows: what holds for all of them reaches from the lowest to the highest. */
export class TimesOldTrack {
  readonly #shifts: ClockShifts;
  readonly #lags: readonly ConfidenceSequence[];

  /** `skew`: looks by which the arms' clocks may differ. */
  constructor({ dispersion, skew }: Pick<ConfidenceRules, 'dispersion'> & { readonly skew: number }) {
    this.#shifts = new ClockShifts(skew);
    const rules = { miss: TIMES_MISS, dispersion };
    this.#lags = Array.from({ length: this.#shifts.shifts }, () => new ConfidenceSequence(rules));
  }

  look(counts: Counts): void {
    const shifted = this.#shifts.with(counts);
    if (shifted === null) return;
    for (const [index, lag] of this.#lags.entries()) lag.look(shifted[index] ?? counts);
  }

  get times(): TimesOld {
    const estimate = this.#lags[(this.#lags.length - 1) / 2]?.estimate ?? null;
    return { ...unionOf(this.#lags.map((lag) => lag.interval())), estimate, confidence: 1 - TIMES_MISS };
  }

  state(): TimesOldState {
    return { recent: this.#shifts.state(), lags: this.#lags.map((lag) => lag.state()) };
  }

  /** Throws a RangeError where the state is of other rules. */
  restore({ recent, lags }: TimesOldState): void {
    for (const [index, state] of lags.entries()) this.#lags[index]?.restore(state);
    this.#shifts.restore(recent);
  }
}

/** A shift under which the ratio has moved is left out, for under another one it may not have. */
function unionOf(intervals: readonly RatioInterval[]): RatioInterval {
  const all = intervals.flatMap((each) => (each.is === 'between' ? [each] : []));
  if (all.length === 0) return { is: 'moved' };
  const low = Math.min(...all.map((each) => each.low ?? 0));
  const high = Math.max(...all.map((each) => each.high ?? Infinity));
  return { is: 'between', low: low === 0 ? null : low, high: high === Infinity ? null : high };
}
