export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second; null: as many as there can be. */
  readonly rate: number | null;
}

export interface Loaded {
  readonly requests: number;
  /** Not answered, or with anything but 2xx. */
  readonly failed: number;
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}
