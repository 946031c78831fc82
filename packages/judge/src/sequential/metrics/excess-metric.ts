import type { Design } from '../kernel/design.ts';
import { EProcess, type EProcessState } from '../kernel/e-process.ts';
import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import { LimitBets } from '../kernel/limit-bets.ts';
import type { Look, MetricState, SequentialMetric } from './metric.ts';
import type { TrafficReading } from './traffic-metric.ts';

export interface ExcessRules {
  /** The new version's odds of getting a unit may be so many times as high as planned, above 1. Odds, for a share ends at 1. */
  readonly odds: number;
  /** Units that come together and to one version, 1 or more: the evidence is divided by it. */
  readonly together: number;
}

export interface ExcessState extends MetricState {
  readonly excess: EProcessState;
}

/** Whether the new version has far more of the traffic than its share: more people meet it than was agreed on. */
export class ExcessMetric implements SequentialMetric<TrafficReading, ExcessState> {
  units = 0;
  /** Nothing bad has to be seen for this. */
  readonly bad = Infinity;
  readonly #rules: string;
  readonly #odds: number;
  readonly #together: number;
  readonly #bets: LimitBets;
  readonly #excess: EProcess;

  constructor(rules: ExcessRules, design: Design) {
    this.#rules = fingerprintOf('excess', rules, design);
    this.#odds = rules.odds;
    this.#together = rules.together;
    this.#bets = new LimitBets(design.up);
    this.#excess = new EProcess(design.up, design);
  }

  look({ newUnits, oldUnits, share }: TrafficReading): Look {
    this.units += newUnits;
    const units = (newUnits + oldUnits) / this.#together;
    const most = (this.#odds * share) / (1 + (this.#odds - 1) * share);
    const growth = units === 0 ? null : this.#bets.on(units, newUnits / this.#together, most);
    return { harm: this.#excess.look(growth), harmless: null };
  }

  state(): ExcessState {
    return { rules: this.#rules, units: this.units, excess: this.#excess.state() };
  }

  restore(state: ExcessState): void {
    assertSameRules(this.#rules, state);
    this.#excess.restore(state.excess);
    this.units = state.units;
  }
}
