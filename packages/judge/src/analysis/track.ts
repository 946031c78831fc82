import type { ComparedShards } from '../sequential/placebo/placebo-metric.ts';
import type { Basis, MetricCounts } from './counts.ts';
import type { TimesOld } from './times-old.ts';

/** What one metric shows after a look; natural logarithms of e-values. */
export interface TrackLook {
  readonly harm: number;
  readonly harmless: number;
  /** That the old version is over the limit as well: the damage is shared. */
  readonly shared: number;
}

/** One metric over the looks of an analysis. */
export interface Track<State = unknown> {
  /** What the look rests on; null where what was counted is of another kind. To be called once a look. */
  basisOf(counts: MetricCounts): Basis | null;
  /** `share`: the new version's planned share of the units, 0..1; null where it is not known. */
  look(basis: Basis, share: number | null): TrackLook;
  /** Units of the new version, and bad ones of them, so far. */
  readonly units: number;
  readonly bad: number;
  /** Bad units without which it cannot have done harm. */
  readonly leastBad: number;
  /** How the new version's share compares with the old one's so far; null where no shares are compared. */
  readonly times: TimesOld | null;
  /** The instances that are compared; null where it is all units, or nothing was seen yet. */
  readonly instances: ComparedShards | null;
  state(): State;
  /** Throws a RangeError where the state is of other rules. */
  restore(state: State): void;
}

export const NO_LOOK: TrackLook = { harm: 0, harmless: 0, shared: 0 };
