import type { Design } from '../kernel/design.ts';
import { EProcess } from '../kernel/e-process.ts';
import { limitGrowth } from '../kernel/growth.ts';
import type { Look, SequentialMetric } from './metric.ts';

export interface TrafficReading {
  readonly newUnits: number;
  readonly oldUnits: number;
  /** The new version's planned share of the units, 0..1. */
  readonly share: number;
}

/** Whether the new version has its share of the traffic: one that stopped answering or reporting is found by what is missing. */
export class TrafficMetric implements SequentialMetric<TrafficReading> {
  units = 0;
  /** Nothing bad has to be seen for this. */
  readonly bad = Infinity;
  readonly #floor: number;
  readonly #design: Design;
  readonly #missing: EProcess;

  /** `floor`: the part of its planned share that it must have, above 0 and below 1. */
  constructor(floor: number, design: Design) {
    this.#floor = floor;
    this.#design = design;
    this.#missing = new EProcess(design.down, design);
  }

  look({ newUnits, oldUnits, share }: TrafficReading): Look {
    this.units += newUnits;
    const units = newUnits + oldUnits;
    const growth = units === 0 ? null : limitGrowth(this.#design.down, units, newUnits, this.#floor * share);
    return { harm: this.#missing.look(growth), harmless: null };
  }
}
