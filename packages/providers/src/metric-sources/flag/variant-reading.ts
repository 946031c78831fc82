import type { FlagCounts, OutcomeCounts, Reading } from '@slipway/provider-kit';
import type { FlagQuery } from './schema.ts';
import { cannotBe, moreBadThan, neverMet, neverReported, notReportedOf } from './words.ts';

/** What the counts say of one variant. Counts that cannot be are missing, never zero. */
export function variantReading(query: FlagQuery, counts: FlagCounts, variant: string): Reading {
  const exposures = own(counts.exposures, variant);
  const reported = outcomeOf(counts, query.outcome, variant);
  if (exposures === undefined && reported === undefined) return neverMet(query, variant);
  if (own(counts.outcomes, query.outcome) === undefined) return neverReported(query);
  return query.of === 'exposures'
    ? ofExposures({ query, variant, exposures, reported })
    : ofOutcomes({ query, variant, reported });
}

interface Met {
  readonly query: FlagQuery;
  readonly variant: string;
  readonly reported: OutcomeCounts | undefined;
}

/** The other variant was reported of: that none of this one has come to an end yet is a count of zero. */
function ofOutcomes({ query, variant, reported = { good: 0, bad: 0 } }: Met): Reading {
  const { good, bad } = reported;
  return isCount(good) && isCount(bad) && isCount(good + bad)
    ? { kind: 'ratio', bad, total: good + bad }
    : cannotBe(query, variant);
}

/** Silence of the application would look like no errors at all, so it has to have said something of this variant. */
function ofExposures({
  query,
  variant,
  reported,
  exposures,
}: Met & { readonly exposures: number | undefined }): Reading {
  if (reported === undefined) return notReportedOf(query, variant);
  const total = exposures ?? 0;
  if (!isCount(total) || !isCount(reported.bad)) return cannotBe(query, variant);
  if (reported.bad > total) return moreBadThan(query, variant, { bad: reported.bad, total });
  return { kind: 'ratio', bad: reported.bad, total };
}

/** What was reported of a variant under one name. */
export function outcomeOf({ outcomes }: FlagCounts, outcome: string, variant: string): OutcomeCounts | undefined {
  const byVariant = own(outcomes, outcome);
  return byVariant === undefined ? undefined : own(byVariant, variant);
}

/** A variant may be called like something that every object has. */
export const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
