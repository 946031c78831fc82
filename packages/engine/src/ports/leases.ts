export type LeaseResult =
  | { readonly held: true }
  | { readonly held: false; readonly by: string; readonly until: number };

/**
 * One launch at a time changes an environment. A lease expires once its launch is not under way any more, so a launch that nobody
 * knows does not lock a team out for ever; what a launch under way holds is its own, whatever the clock says.
 */
export interface Leases {
  /** Takes or renews. `ttl` in milliseconds. Taking what the same launch holds succeeds. */
  acquire(
    environment: string,
    launch: string,
    time: { readonly now: number; readonly ttl: number },
  ): Promise<LeaseResult>;
  /** Renews all of a launch's leases that nobody else has taken. */
  renew(launch: string, time: { readonly now: number; readonly ttl: number }): Promise<void>;
  release(launch: string): Promise<void>;
}
