import type { Registry } from '@slipway/provider-kit';

/** Deployment targets by the name that a launch plan gives. */
export const targets = {} satisfies Registry['targets'];
