import type { Design } from '../kernel/design.ts';
import { EProcess, type EProcessState } from '../kernel/e-process.ts';
import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import { LimitBets } from '../kernel/limit-bets.ts';
import type { Look, MetricState, SequentialMetric } from './metric.ts';

export interface LimitReading {
  readonly units: number;
  readonly bad: number;
}

export interface LimitState extends MetricState {
  readonly bad: number;
  readonly harm: EProcessState;
  readonly harmless: EProcessState;
}

/** One arm's share of bad units against a fixed limit, as of a service level objective; nothing to compare with. */
export class LimitMetric implements SequentialMetric<LimitReading, LimitState> {
  units = 0;
  bad = 0;
  readonly #rules: string;
  readonly #limit: number;
  readonly #up: LimitBets;
  readonly #down: LimitBets;
  readonly #harm: EProcess;
  readonly #harmless: EProcess;

  /** `limit`: share of bad units that is still right, above 0 and below 1. */
  constructor(limit: number, design: Design) {
    this.#rules = fingerprintOf('limit', limit, design);
    this.#limit = limit;
    this.#up = new LimitBets(design.up);
    this.#down = new LimitBets(design.down);
    this.#harm = new EProcess(design.up, design);
    this.#harmless = new EProcess(design.down, { ...design, early: 1 });
  }

  look({ units, bad }: LimitReading): Look {
    this.units += units;
    this.bad += bad;
    return {
      harm: this.#harm.look(units === 0 ? null : this.#up.on(units, bad, this.#limit)),
      harmless: this.#harmless.look(units === 0 ? null : this.#down.on(units, bad, this.#limit)),
    };
  }

  state(): LimitState {
    const [harm, harmless] = [this.#harm.state(), this.#harmless.state()];
    return { rules: this.#rules, units: this.units, bad: this.bad, harm, harmless };
  }

  restore(state: LimitState): void {
    assertSameRules(this.#rules, state);
    this.#harm.restore(state.harm);
    this.#harmless.restore(state.harmless);
    this.units = state.units;
    this.bad = state.bad;
  }
}
