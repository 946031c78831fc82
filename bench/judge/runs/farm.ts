import { availableParallelism } from 'node:os';
import type { Circumstances } from '../../part.ts';
import { Child } from '../../process/child.ts';
import type { CorrelatedLaunches, GridLaunches } from './work.ts';
import type { Stop } from './watch.ts';

export type Order =
  | { readonly method: 'watchGrid'; readonly launches: GridLaunches }
  | { readonly method: 'watchCorrelated'; readonly launches: CorrelatedLaunches };

/** What became of an order: see watchGrid and watchCorrelated. */
export type Outcome = readonly (readonly Stop[])[];

/** As many processes as there are cores work through the orders; what comes of each is in the orders' order. */
export async function workThrough(
  orders: readonly Order[],
  what: string,
  { signal, say }: Circumstances,
): Promise<readonly Outcome[]> {
  await using stack = new AsyncDisposableStack();
  const outcomes: Outcome[] = [];
  // One iterator for all: whoever is free takes the next order.
  const waiting = orders.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    const child = stack.use(await Child.start(new URL('work-child.ts', import.meta.url), { signal }));
    for (const [index, { method, launches }] of waiting) {
      outcomes[index] = await child.ask<Outcome>(method, launches);
      done += 1;
      if (isWorthSaying(done, orders.length)) say(`${what}: ${done} of ${orders.length}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), orders.length) }, work));
  return outcomes;
}

/** Four times. */
function isWorthSaying(done: number, all: number): boolean {
  return done === all || done % Math.ceil(all / 4) === 0;
}
