/** Events of one stretch of time. `bad` is part of `total`. Parts of an event are allowed: an extrapolated increase has them. */
export interface EventCounts {
  readonly bad: number;
  readonly total: number;
}

/** null: nobody knows. That is not zero events. */
export type WindowCounts = EventCounts | null;

/** Why a window says nothing: nobody counted, the counts cannot be, or nothing happened in it. */
export type Silence = 'missing' | 'contradictory' | 'empty';

/** A window that was looked at. `errorRatio` = bad/total, 0..1. */
export type WindowReading =
  | { readonly is: 'known'; readonly counts: EventCounts; readonly errorRatio: number }
  | { readonly is: 'no-data'; readonly why: Silence };

/** What a window says. NaN, negative counts and more bad events than events are no counts. Never throws. */
export function readWindow(counts: WindowCounts): WindowReading {
  if (counts === null) return { is: 'no-data', why: 'missing' };
  const { bad, total } = counts;
  if (!(Number.isFinite(total) && bad >= 0 && bad <= total)) return { is: 'no-data', why: 'contradictory' };
  return total === 0 ? { is: 'no-data', why: 'empty' } : { is: 'known', counts, errorRatio: bad / total };
}

/**
 * The events of windows that lie side by side: sums, never a mean of their ratios, so that a quiet hour weighs what it served.
 * null where one part is unknown or contradicts itself, or where there is no part: the rest would look like the whole.
 */
export function sumOfCounts(parts: readonly WindowCounts[]): WindowCounts {
  if (parts.length === 0) return null;
  let [bad, total] = [0, 0];
  for (const part of parts) {
    const reading = readWindow(part);
    if (part === null || (reading.is === 'no-data' && reading.why !== 'empty')) return null;
    bad += part.bad;
    total += part.total;
  }
  return Number.isFinite(total) ? { bad: Math.min(bad, total), total } : null;
}
