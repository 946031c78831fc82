import type { ProviderUse } from './provider-use.ts';

/** Until then something is due so often, counted from the start of the soak. Milliseconds. */
export interface SoakTier {
  readonly every: number;
  readonly until: number;
}

/** What is done during a soak on top of watching its metrics. */
export interface SoakCare {
  /** Rising; the last one ends with the soak. What is due in a tier is due at its end as well. */
  readonly tiers: readonly SoakTier[];
  /** Asked each time. Empty: none. */
  readonly checks: readonly ProviderUse[];
  /** Who looks each time, or at the end of each tier. Absent: nobody has to. */
  readonly review?: { readonly by: string; readonly at: 'tier-end' | 'every' };
}

/** More times than that nobody looks: what a soak writes down stays bounded. */
export const MOST_SOAK_TICKS = 1_000;

/** How many times something falls due in all. */
export function soakTicks(tiers: readonly SoakTier[]): number {
  const starts = [0, ...tiers.map(({ until }) => until)];
  return tiers.reduce((sum, { every, until }, index) => sum + Math.ceil((until - (starts[index] ?? 0)) / every), 0);
}
