import type { Counts, Margin } from '../kernel/growth.ts';
import { alarmChance } from './alarm-chance.ts';
import type { ClosedArm } from './arm-window.ts';
import { totalOf } from './shard-counts.ts';
import type { ClosedWindow } from './shard-windows.ts';

/**
 * Shards in place of units, and alarms in place of bad ones; null: one arm has no shard to say anything. A larger shard would be in alarm
 * more often, so the larger arm's are thinned; and the old version's are made worse by what the margin allows. Neither is drawn: the
 * chance of an alarm counts, and a bet on a number between 0 and 1 gains no more than one on a draw with that chance.
 */
export function alarmCounts(window: ClosedWindow, atMost: number, { ratio, points }: Margin): Counts | null {
  const size = Math.min(window.new.size, window.old.size);
  const fresh = speaking(window.new);
  const old = speaking(window.old);
  if (fresh.length === 0 || old.length === 0) return null;
  const keepNew = size / window.new.size;
  const keepOld = size / window.old.size;
  const mean = (keepOld * totalOf(old)) / old.length;
  const newChance = alarmChance(atMost, { keep: keepNew, extra: 0 });
  const oldChance = alarmChance(atMost, { keep: keepOld, extra: (ratio - 1) * mean + points * size });
  return {
    newUnits: fresh.length,
    newBad: totalOf(fresh.map(newChance)),
    oldUnits: old.length,
    oldBad: totalOf(old.map(oldChance)),
  };
}

function speaking({ bad }: ClosedArm): readonly number[] {
  return bad.filter((count) => count !== null);
}
