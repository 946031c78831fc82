import type { EvidenceItem } from '@slipway/provider-kit';

export type Holds = EvidenceItem['verdict'];

/** All of several: what fails wins over what is unknown, and nothing at all is unknown. */
export function allHold(each: readonly Holds[]): Holds {
  if (each.includes('fail')) return 'fail';
  return each.length === 0 || each.includes('unknown') ? 'unknown' : 'pass';
}
