/** What a load test found, whichever tool ran it. */
export interface LoadSummary {
  readonly tool: 'autocannon' | 'k6';
  /** Answered or not. */
  readonly requests: number;
  /** Per second. */
  readonly rate: number;
  /** Of all requests, 0..1. */
  readonly errorRate: number;
  /** Milliseconds by name, `p97.5`: those that stand in the summary, none worked out. */
  readonly percentiles: ReadonlyMap<string, number>;
  /** Milliseconds since the epoch; null where the tool does not write it. */
  readonly finishedAt: number | null;
  /** Conditions that the tool itself held the test to. */
  readonly thresholds: readonly LoadThreshold[];
}

export interface LoadThreshold {
  readonly name: string;
  readonly found: string;
  readonly holds: boolean;
}
