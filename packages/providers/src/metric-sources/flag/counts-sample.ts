import type { Arms, FlagCounts, Sample } from '@slipway/provider-kit';
import type { FlagQuery } from './schema.ts';
import { isCount, outcomeOf, own, variantReading } from './variant-reading.ts';
import { noOldVariant } from './words.ts';

/** What the counts of a flag say of both arms. */
export function countsSample(query: FlagQuery, { newVersion, oldVersion }: Arms, counts: FlagCounts): Sample {
  const exposed = own(counts.exposures, newVersion);
  return {
    boot: counts.boot,
    at: counts.at,
    new: variantReading(query, counts, newVersion),
    old: oldVersion === null ? noOldVariant() : variantReading(query, counts, oldVersion),
    exposure: exposed !== undefined && isCount(exposed) ? exposed : null,
    firstBadAt: firstBadAt(query, counts, newVersion),
  };
}

/** It is kept by variant, not by outcome: null where it may be the moment of another one. */
function firstBadAt({ outcome }: FlagQuery, counts: FlagCounts, variant: string): number | null {
  const bad = Object.keys(counts.outcomes).filter((name) => (outcomeOf(counts, name, variant)?.bad ?? 0) > 0);
  return bad.length === 1 && bad[0] === outcome ? (own(counts.firstBadAt, variant) ?? null) : null;
}
