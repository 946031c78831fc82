import type { Design } from '../sequential/kernel/design.ts';
import { ExcessMetric, type ExcessRules, type ExcessState } from '../sequential/metrics/excess-metric.ts';
import { TrafficMetric, type TrafficReading, type TrafficState } from '../sequential/metrics/traffic-metric.ts';

/** The split of the traffic since it was set, shares of the new version 0..1. */
export interface SeenSplit {
  readonly asked: number;
  readonly seen: number;
}

export interface SplitCheckState {
  readonly missing: TrafficState;
  readonly excess: ExcessState;
  /** ln of the evidence of each after the last look. */
  readonly evidence: { readonly missing: number; readonly excess: number };
  readonly now: TrafficReading | null;
}

/** The part of its planned share that a version must have. Sticky visitors come unevenly, so that less is asked than seems right. */
const FLOOR = 0.2;
/** As far up as down: at 50 % up to 83 %, at 5 % up to 21 %. A visit is some twenty requests, all to one version. */
const CEILING: ExcessRules = { odds: 5, together: 20 };
/** What a state must have in common with whoever goes on from it. */
export const SPLIT_RULES = [FLOOR, CEILING] as const;

/** The observed split of the traffic against the one that was asked for. */
export class SplitCheck {
  readonly #missing: TrafficMetric;
  readonly #excess: ExcessMetric;
  #evidence = { missing: 0, excess: 0 };
  /** Units since this share was set; null: no split was ever looked at. */
  #now: TrafficReading | null = null;

  constructor(design: Design) {
    this.#missing = new TrafficMetric(FLOOR, design);
    this.#excess = new ExcessMetric(CEILING, design);
  }

  /** `share` above 0 and below 1. */
  look(reading: TrafficReading): void {
    this.#evidence = { missing: this.#missing.look(reading).harm, excess: this.#excess.look(reading).harm };
    const { share } = reading;
    const before = this.#now?.share === share ? this.#now : { newUnits: 0, oldUnits: 0 };
    const [newUnits, oldUnits] = [before.newUnits + reading.newUnits, before.oldUnits + reading.oldUnits];
    this.#now = { newUnits, oldUnits, share };
  }

  /** `threshold`: ln of the evidence that is enough. */
  standing(threshold: number): 'as-planned' | 'missing' | 'excess' {
    if (this.#evidence.missing >= threshold) return 'missing';
    return this.#evidence.excess >= threshold ? 'excess' : 'as-planned';
  }

  /** null: nothing was answered since the share was set, or no share is known. */
  get split(): SeenSplit | null {
    if (this.#now === null) return null;
    const { newUnits, oldUnits, share } = this.#now;
    const units = newUnits + oldUnits;
    return units === 0 ? null : { asked: share, seen: newUnits / units };
  }

  state(): SplitCheckState {
    return {
      missing: this.#missing.state(),
      excess: this.#excess.state(),
      evidence: this.#evidence,
      now: this.#now,
    };
  }

  /** Throws a RangeError where the state is of other rules. */
  restore({ missing, excess, evidence, now }: SplitCheckState): void {
    this.#missing.restore(missing);
    this.#excess.restore(excess);
    this.#evidence = evidence;
    this.#now = now;
  }
}
