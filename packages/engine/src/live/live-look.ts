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
}

export interface LiveMetric {
  readonly name: string;
  readonly unit: 'ratio' | 'milliseconds';
  readonly new: number | null;
  readonly old: number | null;
}
