import type { Design } from '../kernel/design.ts';
import { ComparisonBets } from '../kernel/growth.ts';
import type { AlarmRules } from '../placebo/alarm-rules.ts';
import { type ShardCounts, totalOf } from '../placebo/shard-counts.ts';
import { type AlarmSetting, HARM, searchAlarm } from './alarm-search.ts';
import { dispersionOf } from './dispersion.ts';

/** How a metric is to be judged: on bad units, on bad units whose evidence is divided, or on alarms of shards. */
export type Setting = 'plain' | 'dispersion' | 'placebo';

export interface SettingFigures {
  readonly seconds: number;
  readonly shards: number;
  readonly bad: number;
  /** See dispersionOf. */
  readonly dispersion: number;
  /** For the placebo setting; null: no alarm of a shard says anything. */
  readonly alarm: (AlarmRules & Pick<AlarmSetting, 'clustering'>) | null;
  /** Seconds in which three times as many bad units are to be found, by setting; null: never. */
  readonly expected: Readonly<Record<Setting, number | null>>;
}

/** Nats on top of the budget that a decision takes on average. */
const OVERSHOOT = 2.6;

interface FiguresRules {
  readonly newShards: number;
  readonly watched: number;
  readonly alpha: number;
}

export function figuresOf(
  series: readonly ShardCounts[],
  { newShards, watched, alpha }: FiguresRules,
  design: Design,
): SettingFigures {
  const shards = series[0]?.units.length ?? 0;
  const bad = totalOf(series.map((second) => totalOf(second.bad)));
  const isEnough = shards > newShards && bad > 0;
  const dispersion = isEnough
    ? dispersionOf(
        sharesOf(series, shards),
        series.map((second) => second.bad),
      )
    : 1;
  const evidence = OVERSHOOT - Math.log(alpha);
  const found = isEnough ? searchAlarm(series, { design, newShards, watched, evidence }) : null;
  const plain = isEnough ? plainSeconds(bad / series.length / shards, { shards, newShards, evidence, design }) : null;
  const expected = {
    plain,
    dispersion: plain === null ? null : plain * dispersion,
    placebo: found?.seconds ?? null,
  };
  return { seconds: series.length, shards, bad, dispersion, alarm: found && alarmOf(found), expected };
}

/** The search's figure of time is among the expected ones. */
function alarmOf({ window, atMost, rest, clustering }: AlarmSetting): SettingFigures['alarm'] {
  return { window, atMost, rest, clustering };
}

interface Plain {
  readonly shards: number;
  readonly newShards: number;
  readonly evidence: number;
  readonly design: Design;
}

/** `bad`: of a shard in a second. */
function plainSeconds(bad: number, { shards, newShards, evidence, design }: Plain): number | null {
  const growth = new ComparisonBets(design.up, { ratio: 1, points: 0, dispersion: 1 }).on({
    newUnits: newShards,
    newBad: HARM * bad * newShards,
    oldUnits: shards - newShards,
    oldBad: bad * (shards - newShards),
  });
  const most = Math.max(...growth);
  return most > 0 ? evidence / most : null;
}

function sharesOf(series: readonly ShardCounts[], shards: number): readonly number[] {
  const units = Array.from({ length: shards }, (_, shard) => totalOf(series.map((second) => second.units[shard] ?? 0)));
  const all = totalOf(units);
  // A shard that was never asked must not be divided by.
  return units.map((count) => Math.max(count, 1) / Math.max(all, 1));
}
