/** Of one step of the ratios that are tried: ln 6 / 18, so that they are 10 % apart. */
export const LOG_STEP = Math.log(6) / 18;

/** Nodes a step. */
const FINE = 16;
const NODE = LOG_STEP / FINE;
/** Splits between the versions that the table is for, in steps from one to one: 1 to 4,000 and the other way round. */
const SPLITS = 84;

/**
 * ln(1 + e^u) at places that are one step apart, for which a logarithm each would cost more than all the rest of a look: cubic
 * interpolation between nodes that know their slope. Off by at most h^4/384 times the fourth derivative, 1/8 at most: 5e-13.
 */
export class LogOnePlus {
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  readonly #powers: Float64Array;

  /** Places from `lowest` to `highest`, in steps from the split. */
  constructor(lowest: number, highest: number) {
    const nodes = (highest - lowest + 2 * SPLITS + 1) * FINE + 1;
    const places = Float64Array.from({ length: nodes }, (_, at) => (lowest - SPLITS) * LOG_STEP + at * NODE);
    this.#values = places.map((place) => Math.log1p(Math.exp(place)));
    this.#slopes = places.map((place) => NODE / (1 + Math.exp(-place)));
    this.#powers = Float64Array.from({ length: highest - lowest + 1 }, (_, at) => Math.exp((lowest + at) * LOG_STEP));
  }

  /** Adds `times` ln(1 + split e^(step k)) to the sum of each place k. */
  addTo(sums: Float64Array, split: number, times: number): void {
    const steps = Math.log(split) / LOG_STEP;
    if (!(Math.abs(steps) < SPLITS)) return this.#addExactly(sums, split, times);
    const at = (steps + SPLITS) * FINE;
    const node = Math.floor(at);
    const [t, u] = [at - node, 1 - at + node];
    const [here, next] = [times * u * u * (1 + 2 * t), times * t * t * (1 + 2 * u)];
    const [leaving, coming] = [times * t * u * u, -times * t * t * u];
    const [values, slopes] = [this.#values, this.#slopes];
    for (let k = 0, i = node; k < sums.length; k += 1, i += FINE)
      sums[k] =
        (sums[k] ?? 0) +
        here * (values[i] ?? 0) +
        next * (values[i + 1] ?? 0) +
        leaving * (slopes[i] ?? 0) +
        coming * (slopes[i + 1] ?? 0);
  }

  #addExactly(sums: Float64Array, split: number, times: number): void {
    for (let k = 0; k < sums.length; k += 1)
      sums[k] = (sums[k] ?? 0) + times * Math.log1p((this.#powers[k] ?? 0) * split);
  }
}
