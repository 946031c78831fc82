import type { Amount, RollingBounds } from '@slipway/plan';

export const count = (value: number): Amount => ({ unit: 'instances', value });
export const percent = (value: number): Amount => ({ unit: 'percent', value });

/** So many more, and so many fewer, than a whole version has. */
export const boundsOf = (surge: number, missing: number): RollingBounds => ({
  maxSurge: count(surge),
  maxUnavailable: count(missing),
});
