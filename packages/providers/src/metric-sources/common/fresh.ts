import { formatDuration } from '@slipway/provider-kit';

/** An age for people, to the second: `2m5s`. Takes milliseconds. */
export const ageText = (milliseconds: number): string =>
  formatDuration(Math.max(0, Math.round(milliseconds / 1000) * 1000));

export interface Freshness {
  /** Epoch ms. */
  readonly now: number;
  /** Milliseconds that a sample may be old. */
  readonly fresh: number;
}

/** Why a sample taken at `at` (epoch ms) cannot be used; null where it can. */
export function staleReason(at: number, { now, fresh }: Freshness): string | null {
  const age = now - at;
  if (age > fresh) return `the newest sample is ${ageText(age)} old, older than fresh: ${formatDuration(fresh)}`;
  if (age < -fresh) return `the newest sample is ${ageText(-age)} in the future: compare the clocks`;
  return null;
}
