export { createFlagServing, type FlagServing, type FlagServingPorts } from './flag-serving.ts';
export { KeyRing, type RingKey } from './keys/key-ring.ts';
export { hashFlagKey, newFlagKey } from './keys/key-text.ts';
export type { FlagLimits } from './limits.ts';
export { outcomeRoutes } from './outcome-routes.ts';
export { serveFlags } from './serve-flags.ts';
export type { FlagDelivery } from './stream/delivery.ts';
