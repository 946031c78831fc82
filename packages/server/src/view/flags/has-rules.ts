import type { FlagRecord } from '@slipway/flags';

/** Whether a definition says by itself that not everybody gets the default variant. */
export function hasRules({ definition: { targeting } }: Pick<FlagRecord, 'definition'>): boolean {
  if (targeting === undefined || targeting === null) return false;
  return typeof targeting !== 'object' || Object.keys(targeting).length > 0;
}
