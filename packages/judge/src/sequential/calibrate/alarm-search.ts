import type { Design } from '../kernel/design.ts';
import { ComparisonBets } from '../kernel/growth.ts';
import type { AlarmRules } from '../placebo/alarm-rules.ts';
import { ArmWindow, type ClosedArm } from '../placebo/arm-window.ts';
import type { ShardCounts } from '../placebo/shard-counts.ts';
import { type Alarms, clusteringOf, RESTS_NOW } from './clustering.ts';
import { worsened } from './worsen.ts';

export interface AlarmSetting extends AlarmRules {
  /** See clusteringOf. */
  readonly clustering: number;
  /** Seconds to an abort that are to be expected of a version that is `HARM` times as bad. */
  readonly seconds: number;
}

export interface SearchRules {
  readonly design: Design;
  /** Of the shards, how many the new version will have. */
  readonly newShards: number;
  /** Seconds for which the new version will be watched. */
  readonly watched: number;
  /** ln of the evidence that is needed. */
  readonly evidence: number;
}

/** What is looked for: three times as many bad units as the old version has. */
export const HARM = 3;
const WINDOWS = [1, 5, 10, 20, 30, 60];
/** Parts of the shards' windows in which there is to be no alarm. */
const CALM = [0.5, 0.7, 0.9, 0.95];
const RESTS = [0, 20, 60, 200, 600];
/** Rests of which the data does not hold so many one after the other are not tried: it would not show what they are for. */
const RESTS_HELD = 3;

/** The rules of an alarm that find harm soonest on such data; null: none does. */
export function searchAlarm(series: readonly ShardCounts[], rules: SearchRules): AlarmSetting | null {
  const harmed = worsened(series, HARM);
  const candidates = WINDOWS.flatMap((window) =>
    levelsOf(series, window).flatMap((atMost) =>
      restsOf(window, series.length).map((rest) => growthOf({ window, atMost, rest }, { series, harmed, ...rules })),
    ),
  );
  let best: AlarmSetting | null = null;
  for (const { alarm, growth } of candidates.toSorted((one, other) => other.growth - one.growth)) {
    const soonest = rules.evidence / growth;
    if (growth <= 0 || soonest >= (best?.seconds ?? Infinity)) break;
    const clustering = clusteringOf(alarmsOf(series, alarm), rules.watched / alarm.window);
    const seconds = soonest * clustering;
    if (best === null || seconds < best.seconds) best = { ...alarm, clustering, seconds };
  }
  return best;
}

/** Rests that differ: a rest lasts whole windows. */
function restsOf(window: number, seconds: number): readonly number[] {
  const held = RESTS.filter((rest) => RESTS_HELD * rest <= seconds);
  const windows = new Set(held.map((rest) => Math.ceil(rest / window)));
  return [...windows].map((count) => count * window);
}

interface Tried extends SearchRules {
  readonly series: readonly ShardCounts[];
  readonly harmed: readonly ShardCounts[];
}

interface Candidate {
  readonly alarm: AlarmRules;
  /** ln of the evidence that a second brings where alarms do not come together. */
  readonly growth: number;
}

function growthOf(alarm: AlarmRules, { series, harmed, design, newShards }: Tried): Candidate {
  const [sound, bad] = [meansOf(alarmsOf(series, alarm)), meansOf(alarmsOf(harmed, alarm))];
  const oldShards = (series[0]?.units.length ?? 0) - newShards;
  const growth = new ComparisonBets(design.up, { ratio: 1, points: 0, dispersion: 1 }).on({
    newUnits: newShards * bad.speaking,
    newBad: newShards * bad.alarms,
    oldUnits: oldShards * sound.speaking,
    oldBad: oldShards * sound.alarms,
  });
  return { alarm, growth: Math.max(...growth) / alarm.window };
}

function alarmsOf(series: readonly ShardCounts[], { atMost, ...rules }: AlarmRules): Alarms {
  return closedOf(series, { atMost, ...rules }).map(({ bad }) => {
    const alarms = new Int8Array(bad.length);
    for (let shard = 0; shard < alarms.length; shard += 1) {
      const count = bad[shard] ?? null;
      alarms[shard] = count === null ? RESTS_NOW : Number(count > atMost);
    }
    return alarms;
  });
}

function closedOf(series: readonly ShardCounts[], rules: AlarmRules): readonly ClosedArm[] {
  const arm = new ArmWindow(rules);
  arm.reset(series[0]?.units.length ?? 0);
  return series.flatMap((counts, index) => {
    arm.add(counts);
    return (index + 1) % rules.window === 0 ? [arm.close()] : [];
  });
}

/** Of a shard in a window. */
function meansOf(alarms: Alarms): { readonly speaking: number; readonly alarms: number } {
  let [all, speaking, sum] = [0, 0, 0];
  for (const window of alarms) {
    all += window.length;
    for (const alarm of window) {
      if (alarm === RESTS_NOW) continue;
      speaking += 1;
      sum += alarm;
    }
  }
  return { speaking: speaking / Math.max(1, all), alarms: sum / Math.max(1, all) };
}

/** Numbers of bad units at which a shard's window is no longer a calm one. */
function levelsOf(series: readonly ShardCounts[], window: number): readonly number[] {
  const counts = closedOf(series, { window, atMost: Infinity, rest: 0 })
    .flatMap(({ bad }) => bad.flatMap((count) => count ?? []))
    .toSorted((one, other) => one - other);
  return [...new Set(CALM.map((part) => counts[Math.floor(part * (counts.length - 1))] ?? 0))];
}
