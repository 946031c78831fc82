import { badNeeded, LEAST_BAD, type LowTraffic } from './bad-needed.ts';
import { type BurnAlert, isAlert } from './burn-alert.ts';
import { readWindow, type Silence, type WindowCounts } from './event-counts.ts';
import { exceeds, reaches } from './limits.ts';
import { budgetRatio, type Objective } from './objective.ts';

/** Both windows of an alert, as counted; they end at the same moment. */
export interface AlertLook extends Partial<LowTraffic> {
  readonly long: WindowCounts;
  readonly short: WindowCounts;
}

/**
 * `quiet` only where it is known that it need not fire. `too-few`: it burns, on too few bad events to call anybody.
 * `no-data` neither fires nor reassures. Burns are null where a window is empty.
 */
export type WeighedAlert =
  | { readonly state: 'no-data'; readonly window: 'long' | 'short' | 'traffic'; readonly why: Silence }
  | {
      readonly state: 'firing' | 'quiet' | 'too-few';
      readonly longBurn: number;
      readonly shortBurn: number | null;
      readonly badNeeded: number;
    };

/**
 * Holds an alert against its windows. Fires where both burn faster than its burn rate and the long one holds enough bad events.
 * Throws RangeError where alert or objective are none; `alertProblems` tells of that beforehand.
 */
export function weighAlert(alert: BurnAlert, objective: Objective, look: AlertLook): WeighedAlert {
  if (!isAlert(alert)) throw new RangeError('no alert: its burn rate or its windows are out of bounds');
  const ratio = budgetRatio(objective.target);
  const needed = badNeeded(alert, objective, {
    minBad: look.minBad ?? LEAST_BAD,
    eventsOfPeriod: look.eventsOfPeriod ?? null,
  });
  if (!(needed >= 0 && Number.isFinite(needed))) return { state: 'no-data', window: 'traffic', why: 'contradictory' };
  const [long, short] = [readWindow(look.long), readWindow(look.short)];
  if (long.is === 'no-data') return { state: 'no-data', window: 'long', why: long.why };
  // Nobody counts any more: what the long window says is of before.
  if (short.is === 'no-data' && short.why !== 'empty') return { state: 'no-data', window: 'short', why: short.why };
  const isBurning = exceeds(long.errorRatio, alert.burn * ratio);
  // It burnt, and now there are no events at all: over, or too broken to be asked. Nobody knows.
  if (isBurning && short.is === 'no-data') return { state: 'no-data', window: 'short', why: short.why };
  const shortRatio = short.is === 'known' ? short.errorRatio : 0;
  const burns = {
    longBurn: long.errorRatio / ratio,
    shortBurn: short.is === 'known' ? shortRatio / ratio : null,
    badNeeded: needed,
  };
  if (!isBurning || !exceeds(shortRatio, alert.burn * ratio)) return { state: 'quiet', ...burns };
  return { state: reaches(long.counts.bad, needed) ? 'firing' : 'too-few', ...burns };
}
