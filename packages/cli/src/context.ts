import type { Readable, Writable } from 'node:stream';
import type { FollowTiming } from './api/follow.ts';

export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
export type InputStream = Readable & { readonly isTTY?: boolean };

/** Everything outside that the command touches; tests give their own. */
export interface Context {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly now: () => number;
  readonly input: InputStream;
  readonly output: OutputStream;
  readonly errors: OutputStream;
  /** The file that starts a server when Node runs it. Throws where Slipway's server is not installed. */
  readonly serverMain: () => string;
  /** Calls the listener when the user or the system wants us to end; the answer takes the listener off again. */
  readonly onStop: (listener: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void;
  readonly timing: Timing;
}

/** Milliseconds. */
export interface Timing {
  readonly follow: Omit<FollowTiming, 'giveUp'>;
  /** Without a connection for so long, a watch that keeps a log ends. One on a terminal goes on. */
  readonly giveUp: number;
  /** Until a started server must answer. */
  readonly serverStart: number;
  /** Until a server that was told to end must be gone. */
  readonly serverStop: number;
}

export const TIMING: Timing = {
  follow: { silence: 20_000, first: 500, longest: 10_000 },
  giveUp: 10 * 60_000,
  serverStart: 30_000,
  serverStop: 60_000,
};
