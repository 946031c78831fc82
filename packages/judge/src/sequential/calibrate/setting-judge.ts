import type { Design } from '../kernel/design.ts';
import type { Margin } from '../kernel/growth.ts';
import { RateMetric } from '../metrics/rate-metric.ts';
import { PlaceboMetric } from '../placebo/placebo-metric.ts';
import { type ShardReading, totalOf } from '../placebo/shard-counts.ts';
import type { ShardJudge } from './rehearse.ts';
import type { Setting, SettingFigures } from './setting-figures.ts';

interface Setup {
  readonly margin: Margin;
  readonly design: Design;
}

/** The metric that a setting stands for. */
export function settingJudge(setting: Setting, figures: SettingFigures, { margin, design }: Setup): ShardJudge {
  const { dispersion, alarm } = figures;
  const known = { margin, promotion: margin, dispersion: setting === 'plain' ? 1 : dispersion };
  if (setting === 'placebo' && alarm !== null) return new PlaceboMetric({ ...known, ...alarm }, design);
  return unsharded(new RateMetric({ ...known, skew: 0 }, design));
}

function unsharded(metric: RateMetric): ShardJudge {
  return {
    get bad() {
      return metric.bad;
    },
    look: (reading: ShardReading) =>
      metric.look({
        newUnits: totalOf(reading.new.units),
        newBad: totalOf(reading.new.bad),
        oldUnits: totalOf(reading.old.units),
        oldBad: totalOf(reading.old.bad),
      }),
  };
}
