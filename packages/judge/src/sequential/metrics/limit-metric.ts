import type { Design } from '../kernel/design.ts';
import { EProcess } from '../kernel/e-process.ts';
import { limitGrowth } from '../kernel/growth.ts';
import type { Look, SequentialMetric } from './metric.ts';

export interface LimitReading {
  readonly units: number;
  readonly bad: number;
}

/** One arm's share of bad units against a fixed limit, as of a service level objective; nothing to compare with. */
export class LimitMetric implements SequentialMetric<LimitReading> {
  units = 0;
  bad = 0;
  readonly #limit: number;
  readonly #design: Design;
  readonly #harm: EProcess;
  readonly #harmless: EProcess;

  /** `limit`: share of bad units that is still right, above 0 and below 1. */
  constructor(limit: number, design: Design) {
    this.#limit = limit;
    this.#design = design;
    this.#harm = new EProcess(design.up, design);
    this.#harmless = new EProcess(design.down, { ...design, early: 1 });
  }

  look({ units, bad }: LimitReading): Look {
    this.units += units;
    this.bad += bad;
    const { up, down } = this.#design;
    return {
      harm: this.#harm.look(units === 0 ? null : limitGrowth(up, units, bad, this.#limit)),
      harmless: this.#harmless.look(units === 0 ? null : limitGrowth(down, units, bad, this.#limit)),
    };
  }
}
