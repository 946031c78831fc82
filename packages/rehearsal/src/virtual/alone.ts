import type { Leases } from '@slipway/engine';

/** Environments of which nobody else takes one: the only launch there is has what it asks for. */
export const ALONE: Leases = {
  acquire: async () => ({ held: true }),
  renew: async () => {},
  giveUp: async () => {},
  release: async () => {},
};
