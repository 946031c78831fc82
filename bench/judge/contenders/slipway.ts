import {
  type Counts,
  decideAt,
  DEFAULT_DESIGN,
  type Design,
  type Look,
  type Margin,
  type PlaceboMetric,
  RateMetric,
  type ShardReading,
} from '@slipway/judge';
import type { Contender } from './contender.ts';

export interface SlipwayRules {
  readonly margin: Margin;
  /** See RateRules. */
  readonly dispersion: number;
  /** DEFAULT_DESIGN unless given. */
  readonly design?: Design;
}

/** Nothing is tolerated: what the false alarms are measured with, because any margin would only lessen them. */
export const STRICT: Margin = { ratio: 1, points: 0 };
/** A tenth more, and a tenth of a percentage point. */
export const TOLERANT: Margin = { ratio: 1.1, points: 0.001 };

const RULES = { alpha: 0.01, beta: 0.05, holdAlpha: 0.1, minUnits: 0, minSoak: 300, promote: false };
/** ln of the evidence that is one. */
export const ALARM = -Math.log(RULES.alpha);
const MIN_BAD = 3;

/** Slipway's judge with one metric, looked at every second, with a budget of 1 % for the whole launch. */
export function slipway({ margin, dispersion, design = DEFAULT_DESIGN }: SlipwayRules): Contender {
  return judging<Counts>(new RateMetric({ margin, promotion: margin, dispersion, skew: 0 }, design));
}

/** The same decision on shards of both versions. */
export function shardedSlipway(metric: PlaceboMetric): Contender<Counts & ShardReading> {
  return judging<Counts & ShardReading>(metric);
}

function judging<Second extends Counts>(
  metric: Pick<RateMetric, 'units' | 'bad'> & { look(second: Second): Look },
): Contender<Second> {
  let second = 0;
  return {
    every: 1,
    look: (counts) => {
      second += 1;
      const look = metric.look(counts);
      const { units, bad } = metric;
      const weighed = { name: 'errors', share: 1, minBad: MIN_BAD, units, bad, ...look };
      return decideAt(second, [weighed], RULES).decision === 'abort';
    },
  };
}
