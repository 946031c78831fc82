import { Carried } from '../kernel/carried.ts';
import type { Design } from '../kernel/design.ts';
import { EProcess } from '../kernel/e-process.ts';
import { comparisonGrowth, type Counts, type Margin } from '../kernel/growth.ts';
import { type Look, NO_EVIDENCE, type SequentialMetric } from './metric.ts';

export interface RateRules {
  /** What the new version may be worse by before it fails. */
  readonly margin: Margin;
  /** What it must be shown to be better than before it may go on early. */
  readonly promotion: Margin;
  /** See comparisonGrowth. */
  readonly dispersion: number;
  /** Seconds by which the arms' clocks may differ; 0 where one clock counts both. Every look comes so much later. */
  readonly skew: number;
}

/** The share of bad units on the new version against the old one's in the same second: its traffic and its share may change as they like. */
export class RateMetric implements SequentialMetric<Counts> {
  units = 0;
  bad = 0;
  readonly #rules: RateRules;
  readonly #design: Design;
  /** One for each shift of the clocks that is possible: the weakest evidence counts. */
  readonly #lags: readonly Lag[];
  /** The newest 2 * skew + 1 seconds. */
  readonly #recent: Counts[] = [];

  constructor(rules: RateRules, design: Design) {
    this.#rules = rules;
    this.#design = design;
    this.#lags = Array.from({ length: 2 * rules.skew + 1 }, () => ({
      carried: new Carried(),
      harm: new EProcess(design.up, design),
      harmless: new EProcess(design.down, { ...design, early: 1 }),
    }));
  }

  look(counts: Counts): Look {
    this.units += counts.newUnits;
    this.bad += counts.newBad;
    const recent = this.#recent;
    if (recent.push(counts) > this.#lags.length) recent.shift();
    const fresh = recent[this.#rules.skew];
    if (recent.length < this.#lags.length || fresh === undefined) return NO_EVIDENCE;
    const looks = this.#lags.map((lag, index) => this.#lookAt(lag, { ...(recent[index] ?? fresh), ...newOf(fresh) }));
    return {
      harm: Math.min(...looks.map(({ harm }) => harm)),
      harmless: Math.min(...looks.map(({ harmless }) => harmless)),
    };
  }

  #lookAt({ carried, harm, harmless }: Lag, counts: Counts): { readonly harm: number; readonly harmless: number } {
    const { margin, promotion, dispersion } = this.#rules;
    const whole = carried.with(counts);
    const { up, down } = this.#design;
    return {
      harm: harm.look(whole && comparisonGrowth(up, whole, { ...margin, dispersion })),
      harmless: harmless.look(whole && comparisonGrowth(down, whole, { ...promotion, dispersion })),
    };
  }
}

interface Lag {
  readonly carried: Carried;
  readonly harm: EProcess;
  readonly harmless: EProcess;
}

function newOf({ newUnits, newBad }: Counts): Pick<Counts, 'newUnits' | 'newBad'> {
  return { newUnits, newBad };
}
