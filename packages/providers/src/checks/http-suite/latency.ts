import type { EvidenceItem } from '@slipway/provider-kit';
import { formatDuration } from '@slipway/provider-kit';

/** The 95th percentile by the nearest rank: the smallest value that 95 % of the values do not exceed. NaN of nothing. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
}

/** How long the answers took, in milliseconds, against the limit; nothing where there is none. */
export function latencyItems(within: number | null, milliseconds: readonly number[]): readonly EvidenceItem[] {
  if (within === null) return [];
  const value = p95(milliseconds);
  const expected = `within ${formatDuration(within)}`;
  if (!Number.isFinite(value)) return [{ asked: 'latency', found: 'not measured', expected, verdict: 'unknown' }];
  const which = milliseconds.length === 1 ? '' : ` (95th percentile of ${milliseconds.length})`;
  const verdict = value <= within ? 'pass' : 'fail';
  return [{ asked: 'latency', found: `${value.toFixed(1)} ms${which}`, expected, verdict }];
}
