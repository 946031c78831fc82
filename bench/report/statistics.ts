/**
 * The smallest of the figures that at least the share `q` (0..1) of them does not exceed; NaN for none.
 * Nearest rank: it is always a figure that was measured.
 */
export function percentile(figures: readonly number[], q: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle one, the lower of two. NaN for none. */
export function median(figures: readonly number[]): number {
  return percentile(figures, 0.5);
}
