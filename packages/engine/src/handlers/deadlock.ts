import type { Wait } from '@slipway/core';

/** Waiting longer would not help: whoever holds what is waited for waits, through others or not, for this launch. */
export class Deadlock extends Error {
  override readonly name = 'Deadlock';
  readonly waits: readonly Wait[];

  constructor(waits: readonly Wait[]) {
    super('launches wait for each other in a circle');
    this.waits = waits;
  }
}
