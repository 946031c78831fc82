import type { EvidenceItem } from '@slipway/provider-kit';

/** How a component came out, and what it counts. */
export interface Weighed {
  readonly verdict: EvidenceItem['verdict'];
  readonly weight: number;
}

/**
 * The drift score, 0 (all agree) to 1 (none does): the sum of the weights of components that differ or are unknown, over the sum of
 * all weights. Pure.
 */
export function driftOf(all: readonly Weighed[]): number {
  const sum = (some: readonly Weighed[]): number => some.reduce((total, { weight }) => total + weight, 0);
  const apart = all.filter(({ verdict }) => verdict !== 'pass');
  return apart.length === 0 ? 0 : sum(apart) / sum(all);
}
