import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { nextTick, openSoak, soakLength, tiersOf } from './soak-care.ts';

/** A `wait` for a length, or a soak with tiers, that is under way. */
export interface OpenWait {
  readonly step: string;
  readonly round: number;
  /** Milliseconds asked for, and of them those that the log says have passed. */
  readonly ms: number;
  readonly counted: number;
  /** Milliseconds of all that is waited for, of which `ms` is a part. Absent: `ms` is all. */
  readonly whole?: number;
  /** Epoch ms, by the clock of then, at which the last of `counted` had passed. */
  readonly since: number;
}

/** In the order of the plan's names; those that are over are not among them. */
export function openWaits(launch: Launch): readonly OpenWait[] {
  return Object.entries(launch.steps).flatMap(([step, state]): readonly OpenWait[] => {
    if (state.is !== 'active') return [];
    const planned = own(launch.plan.steps, step);
    if (planned?.kind === 'soak') return soakWait(launch, step);
    if (planned?.kind !== 'wait' || planned.until.kind !== 'elapsed') return [];
    const { ms } = planned.until;
    const { counted, since, round } = state;
    return counted < ms ? [{ step, round, ms, counted, since }] : [];
  });
}

/** Until something of a soak falls due. Its rounds are told apart by when they began. */
function soakWait(launch: Launch, id: string): readonly OpenWait[] {
  const soak = openSoak(launch, id);
  if (soak === null) return [];
  const { round, counted, since } = soak.state;
  const ms = nextTick(tiersOf(soak.care, soak.state), counted);
  return ms === null ? [] : [{ step: id, round, ms, counted, since, whole: soakLength(launch, soak.step) }];
}

/** Milliseconds: at least. What is short is not worth an event. */
const LEAST_COUNT = 10_000;

/** After how many of its milliseconds what has a length writes down how much of it has passed: what a death may cost at most. */
export function countEvery(ms: number): number {
  return Math.max(LEAST_COUNT, Math.ceil(ms / 20));
}

/** Milliseconds until the wait is to be looked at, if no clock is set. */
export function nextCount({ ms, counted, whole = ms }: OpenWait): number {
  return Math.min(ms - counted, countEvery(whole)) + ROUNDING;
}

/** Running time is told in whole milliseconds: this much later it has passed for certain. */
export const ROUNDING = 2;
