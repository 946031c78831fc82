export { createFlagServing, type FlagServing, type FlagServingPorts } from './flag-serving.ts';
export type { FlagLimits } from './limits.ts';
export { outcomeRoutes } from './outcome-routes.ts';
export { serveFlags } from './serve-flags.ts';
export type { FlagDelivery } from './stream/delivery.ts';
