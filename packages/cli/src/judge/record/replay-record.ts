import type { StoredEvent } from '@slipway/contract';
import { Failure } from '../../failure.ts';
import type { Messages } from '../../messages/messages.ts';
import { StrangeEvent } from './judged-event.ts';
import { recomputeRecord, type RecomputedShare, TornRecord } from './recompute-record.ts';

/** A launch's comparisons beside what its record says of them. */
export interface ReplayedRecord {
  readonly shares: readonly RecomputedShare[];
  readonly summary: { readonly shares: number; readonly same: number; readonly looks: number; readonly ok: boolean };
}

/** Throws Failure where the record holds no comparison, or one that cannot be read: neither is a proof of anything. */
export function replayRecord(events: readonly StoredEvent[], file: string, { judge }: Messages): ReplayedRecord {
  const shares = recomputed(events, file, judge);
  if (shares.length === 0) throw new Failure('wrong-input', judge.noComparison(file));
  const same = shares.filter((share) => share.same).length;
  const looks = shares.reduce((sum, share) => sum + share.looks, 0);
  return { shares, summary: { shares: shares.length, same, looks, ok: same === shares.length } };
}

function recomputed(
  events: readonly StoredEvent[],
  file: string,
  judge: Messages['judge'],
): readonly RecomputedShare[] {
  try {
    return recomputeRecord(events);
  } catch (error) {
    if (error instanceof StrangeEvent) throw new Failure('wrong-input', judge.strangeEvent(file, error.place));
    if (error instanceof TornRecord) throw new Failure('wrong-input', judge.torn(file, error.effect));
    throw error;
  }
}
