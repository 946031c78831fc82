/** What is asked of a server, again and again. */
export interface Asking {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of POST requests; each connection sends them in turn. */
  readonly bodies: readonly string[];
}

export interface Load extends Asking {
  readonly connections: number;
  readonly seconds: number;
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
