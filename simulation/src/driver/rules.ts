import { decide, evolve, pending } from '@slipway/core';

/** The rules of a launch. The campaign runs on the real ones; mutants replace one of them by a broken one. */
export interface Rules {
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
  readonly pending: typeof pending;
}

export const RULES: Rules = { decide, evolve, pending };
