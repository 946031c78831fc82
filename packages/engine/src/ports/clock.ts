/** Time as a port: the simulation has its own. */
export interface Clock {
  /** Epoch ms. People set it, in both directions. */
  now(): number;
  /** Milliseconds of running time since some moment of this process: only ever goes on. What has a length is measured by it. */
  running(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after `ms` of running time, whatever becomes of the wall clock meanwhile; returns a function that cancels. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back once at or after `at` (epoch ms); returns a function that cancels. */
  at(at: number, callback: () => void): () => void;
}
