import fc from 'fast-check';
import type { Counts } from '../../kernel/growth.ts';
import type { ArmTotals, CumulativeReading } from '../cumulative.ts';
import { readSecond } from '../read-second.ts';
import type { Second } from '../second.ts';

export const LONGEST = 30;
export const START = 1_700_000_000_000;

export function totals(units: number, bad = 0, latencies: ArmTotals['latencies'] = null): ArmTotals {
  return { units, bad, latencies };
}

/** At so many seconds after the start. */
export function reading(seconds: number, fresh: ArmTotals | null, old: ArmTotals | null): CumulativeReading {
  return { at: START + seconds * 1_000, boot: 'one', share: 0.1, new: fresh, old };
}

/** What each reading gives, one after the other. */
export function readAll(readings: readonly CumulativeReading[]): readonly Second[] {
  const seconds: Second[] = [];
  let base: CumulativeReading | null = null;
  for (const each of readings) {
    const step = readSecond(base, each, LONGEST);
    seconds.push(step.second);
    ({ base } = step);
  }
  return seconds;
}

export function countsOfAll(seconds: readonly Second[]): Counts {
  const sum = { newUnits: 0, newBad: 0, oldUnits: 0, oldBad: 0 };
  for (const second of seconds) {
    if (second.is === 'unknown') continue;
    sum.newUnits += second.counts.newUnits;
    sum.newBad += second.counts.newBad;
    sum.oldUnits += second.counts.oldUnits;
    sum.oldBad += second.counts.oldBad;
  }
  return sum;
}

const bucketCounts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 543 }), fc.nat(20)), { maxLength: 8 })
  .map((pairs) => pairs.map(([bucket, count]) => [bucket, count] as const));
const armOfSecond = fc
  .tuple(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), bucketCounts)
  .map(([units, share, latencies]) => totals(units, Math.floor(units * share), latencies));

/** What both arms do in one second. */
export const activity = fc.record({ new: armOfSecond, old: armOfSecond });
type Activity = typeof activity extends fc.Arbitrary<infer Value> ? Value : never;

function added(one: ArmTotals, other: ArmTotals): ArmTotals {
  const latencies = [...(one.latencies ?? []), ...(other.latencies ?? [])];
  return totals(one.units + other.units, one.bad + other.bad, latencies);
}

/** The counters of a source that is read every second, from an empty one on. */
export function countersOf(activities: readonly Activity[]): readonly CumulativeReading[] {
  let [fresh, old] = [totals(0, 0, []), totals(0, 0, [])];
  const readings = [reading(0, fresh, old)];
  for (const [index, each] of activities.entries()) {
    [fresh, old] = [added(fresh, each.new), added(old, each.old)];
    readings.push(reading(index + 1, fresh, old));
  }
  return readings;
}
