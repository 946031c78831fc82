import type { Counts } from '@slipway/judge';

/** One judge in one launch: it looks at every second, or at the counts of every minute. True: it stops the launch. */
export type Contender<Second extends Counts = Counts> =
  | { readonly every: 1; look(second: Second): boolean }
  | { readonly every: 60; look(minute: Counts): boolean };
