import type { ComparedEvidence, Said } from '@slipway/core';
import type { MetricUnit } from '@slipway/plan';

/** One look of the judge, for screens. */
export interface LiveLook {
  readonly step: string;
  readonly environment: string;
  /** Epoch ms. */
  readonly at: number;
  /** Milliseconds watched, and to be watched. */
  readonly elapsed: number;
  readonly hold: number;
  readonly standing: 'healthy' | 'too-early' | 'no-data' | 'suspect' | 'failing';
  readonly sentence: string;
  /** The same by language, where it is known in more than one. */
  readonly sentences?: Said['sentences'] & object;
  readonly samples: number | null;
  readonly minSamples: number;
  readonly exposure: number | null;
  readonly firstBadAt: number | null;
  readonly metrics: readonly LiveMetric[];
  /** There where metrics are compared. */
  readonly compared?: ComparedEvidence;
  /** There where the new version gets copies only, and the router has said what they showed. */
  readonly mirror?: LiveMirror;
}

/** Pairs of answers that could be compared, and those of them that differ. */
export interface LiveMirror {
  readonly compared: number;
  readonly different: number;
}

export interface LiveMetric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly new: number | null;
  readonly old: number | null;
}
