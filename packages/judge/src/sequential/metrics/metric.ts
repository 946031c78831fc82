import type { EProcessState } from '../kernel/e-process.ts';

/** What one metric shows after a second. */
export interface Look {
  /** ln of the evidence that the new version is worse than its margin allows. */
  readonly harm: number;
  /** ln of the evidence that it is not; null where the metric has nothing to say of that. */
  readonly harmless: number | null;
}

/** One metric, second by second. `Reading`: what a second brings. */
export interface SequentialMetric<Reading> {
  look(reading: Reading): Look;
  /** Units of the new version so far. */
  readonly units: number;
  /** Bad units of the new version that the evidence can rest on: none where no number is too small. */
  readonly bad: number;
}

/** The state of one bet against harm and one against harmlessness. */
export interface PairState {
  readonly harm: EProcessState;
  readonly harmless: EProcessState;
}

export const NO_EVIDENCE: Look = { harm: 0, harmless: 0 };
