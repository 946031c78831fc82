/** What became of those who met one variant. Cumulative. */
export interface OutcomeCounts {
  readonly good: number;
  readonly bad: number;
}

/** Cumulative since `boot` last changed. */
export interface FlagCounts {
  readonly boot: string;
  /** Epoch ms of this reading. */
  readonly at: number;
  /** Evaluations that served a variant, by variant. */
  readonly exposures: Readonly<Record<string, number>>;
  /** By the name under which they are reported, then by variant. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, OutcomeCounts>>>>;
  /** Epoch ms of the first bad outcome by variant; absent where there was none. */
  readonly firstBadAt: Readonly<Record<string, number>>;
}
