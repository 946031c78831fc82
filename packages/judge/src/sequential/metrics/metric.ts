/** What one metric shows after a second. */
export interface Look {
  /** ln of the evidence that the new version is worse than its margin allows. */
  readonly harm: number;
  /** ln of the evidence that it is not; null where the metric has nothing to say of that. */
  readonly harmless: number | null;
}

/** One metric, second by second. `Reading`: what a second brings. `State`: what JSON holds of it. */
export interface SequentialMetric<Reading, State extends MetricState> {
  look(reading: Reading): Look;
  /** Units of the new version so far. */
  readonly units: number;
  /** Bad units of the new version that the evidence can rest on: none where no number is too small. */
  readonly bad: number;
  /** Where it is: after restore() in another one of the same rules every further look is the same to the last digit. */
  state(): State;
  /** Throws a RangeError where the state is of other rules or another design. */
  restore(state: State): void;
}

export interface MetricState {
  /** See fingerprintOf. */
  readonly rules: string;
  readonly units: number;
}

export const NO_EVIDENCE: Look = { harm: 0, harmless: 0 };
