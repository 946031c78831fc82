/** Time as a port: the simulation has its own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once at or after `at` (epoch ms); returns a function that cancels. */
  at(at: number, callback: () => void): () => void;
}
