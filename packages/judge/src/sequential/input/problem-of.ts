import { BUCKETS } from '../metrics/buckets.ts';
import type { Arm, ArmTotals, CumulativeReading } from './cumulative.ts';
import { type Unknown, unknown, type Unreadable } from './second.ts';

/** Why a reading on its own tells nothing; null: it does. */
export function problemOf({ at, share, new: fresh, old }: CumulativeReading): Unknown | null {
  if (!Number.isFinite(at)) return unknown('no-time');
  if (!(share >= 0 && share <= 1)) return unknown('no-share');
  return problemOfArm('new', fresh) ?? problemOfArm('old', old);
}

function problemOfArm(arm: Arm, totals: ArmTotals | null): Unknown | null {
  if (totals === null) return unknown('unread', arm);
  const { units, bad, latencies, shards = [] } = totals;
  const why = problemOfCount(units) ?? problemOfCount(bad) ?? (bad > units ? 'bad-above-units' : null);
  const problem = why ?? problemOfLatencies(latencies ?? []) ?? problemOfShards(shards);
  return problem === null ? null : unknown(problem, arm);
}

function problemOfLatencies(latencies: NonNullable<ArmTotals['latencies']>): Unreadable | null {
  let total = 0;
  for (const [bucket, count] of latencies) {
    if (!(Number.isInteger(bucket) && bucket >= 0 && bucket < BUCKETS)) return 'no-bucket';
    const why = problemOfCount(count);
    if (why !== null) return why;
    total += count;
  }
  return problemOfCount(total);
}

function problemOfShards(shards: NonNullable<ArmTotals['shards']>): Unreadable | null {
  for (const { units, bad } of shards) {
    const why = problemOfCount(units) ?? problemOfCount(bad);
    if (why !== null) return why;
  }
  return null;
}

function problemOfCount(count: number): Unreadable | null {
  if (typeof count !== 'number' || Number.isNaN(count)) return 'not-a-number';
  if (count < 0) return 'negative';
  return count > Number.MAX_SAFE_INTEGER ? 'too-large' : null;
}
