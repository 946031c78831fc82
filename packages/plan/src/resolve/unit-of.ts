import type { MetricUnit } from '../model/plan.ts';
import type { ProviderUse } from '../model/provider-use.ts';
import { asMap } from '../parse/draft.ts';

/** A latency is asked for by its quantile, a gauge by its value; everything else is a ratio. */
export function unitOf(source: ProviderUse): MetricUnit {
  const config = asMap(source.config) ?? {};
  if (Object.hasOwn(config, 'quantile')) return 'milliseconds';
  if (!Object.hasOwn(config, 'value')) return 'ratio';
  return { gauge: typeof config['unit'] === 'string' ? config['unit'] : '' };
}
