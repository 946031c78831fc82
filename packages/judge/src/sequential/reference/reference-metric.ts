import type { Design } from '../kernel/design.ts';
import { LatencyMetric, type BucketCount } from '../metrics/latency-metric.ts';
import { LimitMetric } from '../metrics/limit-metric.ts';
import type { Look } from '../metrics/metric.ts';
import { RateMetric } from '../metrics/rate-metric.ts';
import { TrafficMetric } from '../metrics/traffic-metric.ts';
import type { ReferenceMetric, ReferenceStream } from './reference-case.ts';

/** A metric of the reference format on its stream. */
export interface ReferenceSeries {
  readonly minBad: number;
  units(): number;
  bad(): number;
  /** Index 0 is the first second. */
  look(index: number): Look;
}

const MIN_BAD = { rate: 3, slo: 3, traffic: 3, latency: 5 };
const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.99];
const LEVEL_WEIGHTS = [0.1, 0.1, 0.2, 0.2, 0.4];

export function referenceSeries(metric: ReferenceMetric, stream: ReferenceStream, design: Design): ReferenceSeries {
  const minBad = metric.minBad ?? MIN_BAD[metric.type];
  const at = (values: readonly number[] | undefined, index: number): number => values?.[index] ?? 0;
  switch (metric.type) {
    case 'rate': {
      const { rho, delta, promoteRho = rho, promoteDelta = delta, dispersion = 1, skew = 0 } = metric;
      const promotion = { ratio: promoteRho, points: promoteDelta };
      const rate = new RateMetric({ margin: { ratio: rho, points: delta }, promotion, dispersion, skew }, design);
      const { nc, ec, nt, et } = stream;
      const look = (i: number): Look =>
        rate.look({ newUnits: at(nc, i), newBad: at(ec, i), oldUnits: at(nt, i), oldBad: at(et, i) });
      return { minBad, units: () => rate.units, bad: () => rate.bad, look };
    }
    case 'slo': {
      const limit = new LimitMetric(metric.threshold, design);
      const look = (i: number): Look => limit.look({ units: at(stream.nc, i), bad: at(stream.ec, i) });
      return { minBad, units: () => limit.units, bad: () => limit.bad, look };
    }
    case 'traffic': {
      const traffic = new TrafficMetric(metric.floor ?? 0.5, design);
      const { nc, nt, share } = stream;
      const look = (i: number): Look => traffic.look({ newUnits: at(nc, i), oldUnits: at(nt, i), share: at(share, i) });
      return { minBad, units: () => traffic.units, bad: () => traffic.bad, look };
    }
    case 'latency':
      return latencySeries(metric, stream, { design, minBad });
  }
}

function latencySeries(
  metric: Extract<ReferenceMetric, { type: 'latency' }>,
  stream: ReferenceStream,
  { design, minBad }: { readonly design: Design; readonly minBad: number },
): ReferenceSeries {
  const { ratio = 1.2, addMs = 0, halfLife = 300, promoteLevel: promotionLevel = 0.99 } = metric;
  const { levels: quantiles = LEVELS, levelWeights = LEVEL_WEIGHTS } = metric;
  const weights = quantiles.map((_, index) => levelWeights[index] ?? 0);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const levels = quantiles.map((quantile, index) => ({ quantile, share: (weights[index] ?? 0) / whole }));
  const latency = new LatencyMetric({ ratio, addMs, levels, promotionLevel, halfLife, dispersion: 1 }, design);
  const look = (i: number): Look =>
    latency.look({ new: pairs(stream.canary?.[i] ?? []), old: pairs(stream.control?.[i] ?? []) });
  return { minBad, units: () => latency.units, bad: () => latency.bad, look };
}

function pairs(flat: readonly number[]): readonly BucketCount[] {
  return Array.from({ length: flat.length / 2 }, (_, k): BucketCount => [flat[2 * k] ?? 0, flat[2 * k + 1] ?? 0]);
}
