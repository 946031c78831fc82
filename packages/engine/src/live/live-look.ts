/** One look of the judge, for screens. */
export interface LiveLook {
  readonly step: string;
  readonly environment: string;
  /** Epoch ms. */
  readonly at: number;
  /** Milliseconds watched, and to be watched. */
  readonly elapsed: number;
  readonly hold: number;
  readonly standing: 'healthy' | 'too-early' | 'no-data' | 'failing';
  readonly sentence: string;
  readonly samples: number | null;
  readonly minSamples: number;
  readonly exposure: number | null;
  readonly firstBadAt: number | null;
  readonly metrics: readonly LiveMetric[];
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
  readonly unit: 'ratio' | 'milliseconds';
  readonly new: number | null;
  readonly old: number | null;
}
