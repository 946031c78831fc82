import type { FlagRecord } from '@slipway/flags';

/** Whether everybody gets the variant by the definition alone. */
export function servesAll({ state, defaultVariant, targeting }: FlagRecord['definition'], variant: string): boolean {
  return state === 'ENABLED' && defaultVariant === variant && isEmpty(targeting);
}

export function isEmpty(targeting: FlagRecord['definition']['targeting']): boolean {
  if (targeting === undefined || targeting === null) return true;
  return typeof targeting === 'object' && Object.keys(targeting).length === 0;
}
