import { decideAt, DEFAULT_DESIGN, PlaceboMetric, type PlaceboRules, recommendSetting } from '@slipway/judge';
import type { Contender } from '../contenders/contender.ts';
import { slipway, STRICT } from '../contenders/slipway.ts';
import { HOUR } from '../grid.ts';
import type { Past, Setting, ShardedSecond } from './settings.ts';

const RULES = { alpha: 0.01, beta: 0.05, holdAlpha: 0.1, minUnits: 0, minSoak: 300, promote: false };
const MIN_BAD = 3;
/** The figures count false alarms themselves, so nothing is rehearsed. */
const UNREHEARSED = { relabellings: 0, seed: 1 };

/** The setting that the judge itself recommends from the old version's past: alarms of shards, where bad answers come together. */
export const PLACEBO: Setting = {
  name: 'placebo shards',
  start: (past) => {
    let judge: Contender<ShardedSecond> | null = null;
    return {
      every: 1,
      look: (second) => {
        // How many shards the new version has shows in its first second.
        judge ??= recommended(past, second.new.units.length);
        return judge.look(second);
      },
    };
  },
};

function recommended(past: Past, newShards: number): Contender<ShardedSecond> {
  const rules = { newShards, watched: HOUR, margin: STRICT, alpha: RULES.alpha, minBad: MIN_BAD, ...UNREHEARSED };
  const { setting, figures } = recommendSetting(past, rules);
  const { alarm, dispersion } = figures;
  if (setting === 'placebo' && alarm !== null)
    return placebo({ ...alarm, margin: STRICT, promotion: STRICT, dispersion });
  return slipway({ margin: STRICT, dispersion: setting === 'plain' ? 1 : dispersion });
}

function placebo(rules: PlaceboRules): Contender<ShardedSecond> {
  const metric = new PlaceboMetric(rules, DEFAULT_DESIGN);
  let second = 0;
  return {
    every: 1,
    look: (reading) => {
      second += 1;
      const look = metric.look(reading);
      const { units, bad } = metric;
      const weighed = { name: 'errors', share: 1, minBad: MIN_BAD, units, bad, ...look };
      return decideAt(second, [weighed], RULES).decision === 'abort';
    },
  };
}
