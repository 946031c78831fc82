import type { Wait } from '@slipway/core';

export type LeaseResult =
  | { readonly held: true }
  | {
      readonly held: false;
      readonly by: string;
      readonly until: number;
      /** A ring of waits in which this launch is to give way, its own wait first; empty: there is none. */
      readonly deadlock: readonly Wait[];
    };

/**
 * One launch at a time changes an environment. A lease expires once its launch is not under way any more, so a launch that nobody
 * knows does not lock a team out for ever; what a launch under way holds is its own, whatever the clock says.
 */
export interface Leases {
  /**
   * Takes or renews. `ttl` in milliseconds. Taking what the same launch holds succeeds. A launch that is refused waits for the
   * environment, until it takes it, gives up, turns back or ends. Of a ring of launches that wait for each other only the one that
   * was started last is told; no lease is ever broken.
   */
  acquire(
    environment: string,
    launch: string,
    time: { readonly now: number; readonly ttl: number },
  ): Promise<LeaseResult>;
  /** Renews all of a launch's leases that nobody else has taken. */
  renew(launch: string, time: { readonly now: number; readonly ttl: number }): Promise<void>;
  /** The launch does not wait for the environment any more. What it holds stays its own. */
  giveUp(environment: string, launch: string): Promise<void>;
  release(launch: string): Promise<void>;
}
