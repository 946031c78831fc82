import type { Queryable } from '../ports/database.ts';

/**
 * Does the steps in this order, and where the database refuses what comes behind a failed statement, without waiting for the answer
 * of one before the next is asked. Rejects with what the first that failed rejected with.
 */
export async function together(tx: Queryable, ...steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  if (tx.pipelined !== true) {
    for (const step of steps) await step();
    return;
  }
  const settled = await Promise.allSettled(steps.map((step) => step()));
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
