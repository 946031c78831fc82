import type { Design } from '../kernel/design.ts';
import { EProcess, type EProcessState } from '../kernel/e-process.ts';
import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import { LimitBets } from '../kernel/limit-bets.ts';
import type { Look, MetricState, SequentialMetric } from './metric.ts';

export interface TrafficReading {
  readonly newUnits: number;
  readonly oldUnits: number;
  /** The new version's planned share of the units, 0..1. */
  readonly share: number;
}

export interface TrafficState extends MetricState {
  readonly missing: EProcessState;
}

/** Whether the new version has its share of the traffic: one that stopped answering or reporting is found by what is missing. */
export class TrafficMetric implements SequentialMetric<TrafficReading, TrafficState> {
  units = 0;
  /** Nothing bad has to be seen for this. */
  readonly bad = Infinity;
  readonly #rules: string;
  readonly #floor: number;
  readonly #bets: LimitBets;
  readonly #missing: EProcess;

  /** `floor`: the part of its planned share that it must have, above 0 and below 1. */
  constructor(floor: number, design: Design) {
    this.#rules = fingerprintOf('traffic', floor, design);
    this.#floor = floor;
    this.#bets = new LimitBets(design.down);
    this.#missing = new EProcess(design.down, design);
  }

  look({ newUnits, oldUnits, share }: TrafficReading): Look {
    this.units += newUnits;
    const units = newUnits + oldUnits;
    const growth = units === 0 ? null : this.#bets.on(units, newUnits, this.#floor * share);
    return { harm: this.#missing.look(growth), harmless: null };
  }

  state(): TrafficState {
    return { rules: this.#rules, units: this.units, missing: this.#missing.state() };
  }

  restore(state: TrafficState): void {
    assertSameRules(this.#rules, state);
    this.#missing.restore(state.missing);
    this.units = state.units;
  }
}
