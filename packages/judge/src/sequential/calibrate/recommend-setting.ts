import { type Design, DEFAULT_DESIGN } from '../kernel/design.ts';
import type { Margin } from '../kernel/growth.ts';
import type { ShardCounts } from '../placebo/shard-counts.ts';
import { binomialTail } from './binomial-tail.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';
import { figuresOf, type Setting, type SettingFigures } from './setting-figures.ts';
import { settingJudge } from './setting-judge.ts';
import { settingReason } from './setting-reason.ts';

export interface RecommendRules {
  /** Of the shards, how many the new version will have. */
  readonly newShards: number;
  /** Seconds for which the new version will be watched. */
  readonly watched: number;
  readonly margin: Margin;
  /** False alarms that are allowed, above 0 and below 1. */
  readonly alpha: number;
  readonly minBad: number;
  /** How often shards of the old version pretend to be the new one. */
  readonly relabellings: number;
  readonly seed: number;
}

export interface Recommendation {
  /** Whether a verdict that rests on this metric may be believed. */
  readonly trusted: boolean;
  readonly setting: Setting;
  readonly figures: SettingFigures;
  /** Of the setting that is recommended; null: there was too little to rehearse on. */
  readonly rehearsal: Rehearsal | null;
  /** In a sentence, for whoever plans a launch. */
  readonly why: string;
}

/** Less than this does not show how shards differ. */
const LEAST_SECONDS = 600;
const LEAST_SHARDS = 10;
const LEAST_BAD = 30;
/** Only the newest part is looked at: more tells little, and takes long. */
const MOST_SECONDS = 3_600;
/** From this dispersion on bad units come together: see dispersionOf. */
const TOGETHER = 1.2;
/** More aborts than chance would give once in a hundred times are no chance. */
const UNLIKELY = 0.01;

/**
 * Which setting a metric needs, from the old version alone: `series`, second by second, its shards each in its place, meant to be of the
 * size of the new version's shards. Ten minutes or more of ordinary traffic; the newest hour counts. What does not happen in them is not
 * known afterwards either. Aborts in the rehearsal share their data, so that they show a metric that cannot be trusted, and prove none.
 */
export function recommendSetting(
  series: readonly ShardCounts[],
  rules: RecommendRules,
  design: Design = DEFAULT_DESIGN,
): Recommendation {
  const newest = series.slice(-MOST_SECONDS);
  const figures = figuresOf(newest, rules, design);
  const lack = lackOf(figures, rules);
  if (lack !== null) return { trusted: false, setting: 'dispersion', figures, rehearsal: null, why: lack };
  const setting = quickest(figures);
  const judge = () => settingJudge(setting, figures, { margin: rules.margin, design });
  const rehearsal = rehearse(newest, judge, { ...rules, evidence: -Math.log(rules.alpha) });
  const trusted = binomialTail(rehearsal.aborts, rehearsal.relabellings, rules.alpha) > UNLIKELY;
  return { trusted, setting, figures, rehearsal, why: settingReason(setting, figures, { rehearsal, trusted }) };
}

/** null: there is enough to go by. */
function lackOf({ seconds, shards, bad }: SettingFigures, { newShards }: RecommendRules): string | null {
  if (seconds < LEAST_SECONDS) return `${seconds} s of the old version are too little: ${LEAST_SECONDS} s are needed.`;
  if (newShards < 1 || shards - newShards < LEAST_SHARDS)
    return `${shards} shards are too few: the old version needs ${LEAST_SHARDS} beside those of the new one.`;
  if (bad < LEAST_BAD) return `${bad} bad units do not show whether they come together: ${LEAST_BAD} are needed.`;
  return null;
}

function quickest({ dispersion, alarm, expected }: SettingFigures): Setting {
  if (dispersion <= TOGETHER) return 'plain';
  const isQuicker = alarm !== null && (expected.placebo ?? Infinity) < (expected.dispersion ?? Infinity);
  return isQuicker ? 'placebo' : 'dispersion';
}
