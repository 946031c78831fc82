import type { Catalogue } from '../messages/catalogue.ts';
import type { Language } from '../messages/language.ts';
import { catalogueOf } from '../messages/messages.ts';
import type { LatencyPower, MetricPower, RolloutPower, ToldMetric } from './rollout-power.ts';

type Words = Catalogue['power'];

/** Above the sentences of a rollout: what they rest on, a line for each metric, and what they say nothing of. */
export function powerBasis(power: RolloutPower, language: Language): readonly string[] {
  const { power: m } = catalogueOf(language);
  const { perSecond, metrics, noPromise } = power;
  const { conditions, gauges } = noPromise;
  const isNamed = metrics.some(({ metric }) => metric !== null);
  const besides = conditions.length + gauges.length === 0 ? [] : [m.noPromise(conditions, gauges)];
  return [m.basis(perSecond, isNamed), ...metrics.map((metric) => basisOf(metric, power, m)), ...besides];
}

/** In the place of all that, where nobody said how much traffic there is. */
export function unknownTraffic(environments: readonly string[], language: Language): string {
  return catalogueOf(language).power.unknownTraffic(environments.join(', '));
}

function basisOf(power: MetricPower, { perSecond, metrics }: RolloutPower, m: Words): string {
  if (power.kind === 'unknown') return m.of(power.metric, m.unknown[power.why]);
  const { dispersion, falseAlarms } = power;
  const rest = [
    power.perSecond === perSecond ? '' : m.ownTraffic(power.perSecond),
    dispersion > 1 ? m.clusters(dispersion) : '',
    metrics.length > 1 ? m.falseAlarms(falseAlarms) : '',
  ];
  const parts = [usualOf(power, m), ...rest.filter((part) => part !== '')];
  return m.of(power.metric ?? m.unnamed, parts.join(', '));
}

function usualOf(power: ToldMetric, m: Words): string {
  if (power.kind === 'latency') return shapeOf(power, m);
  const said = power.better === 'lower' ? m.usualBad(power.usual) : m.usualGood(power.usual);
  return power.isAssumed ? m.assumed(said) : said;
}

function shapeOf({ usual, median, tail, quantile }: LatencyPower, m: Words): string {
  const at = usual === null ? '' : m.usualAt(quantile, usual);
  return m.shape(at, median === null ? m.assumed(m.tail(tail)) : m.median(median));
}
