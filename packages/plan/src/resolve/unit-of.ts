import type { Metric } from '../model/plan.ts';
import type { ProviderUse } from '../model/provider-use.ts';
import { asMap } from '../parse/draft.ts';

/** A latency is asked for by its quantile; everything else is a ratio. */
export function unitOf(source: ProviderUse): Metric['unit'] {
  return Object.hasOwn(asMap(source.config) ?? {}, 'quantile') ? 'milliseconds' : 'ratio';
}
