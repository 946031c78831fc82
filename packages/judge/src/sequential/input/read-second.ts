import type { ArmTotals, CumulativeReading } from './cumulative.ts';
import { type GrownArm, grownBy } from './grown.ts';
import { problemOf } from './problem-of.ts';
import { type Known, type Second, unknown } from './second.ts';

/** A second, and the reading that the next one is compared with. */
export interface Step {
  readonly second: Second;
  readonly base: CumulativeReading | null;
}

const MS = 1_000;

/**
 * What happened between the last reading that could be used (`base`; null: there was none) and this one, or a named reason why nobody
 * knows: never a zero that nobody counted, and nothing is counted twice. A reading that tells nothing leaves the base where it is, so that
 * the next good one gives both seconds as one block. Counters that began again, and gaps of more than `longest` seconds, are a new base.
 * Whether a block is used depends on times, shares and restarts alone, never on how many of it were bad. Throws nothing.
 */
export function readSecond(base: CumulativeReading | null, reading: CumulativeReading, longest: number): Step {
  const problem = problemOf(reading);
  if (problem !== null) return { second: problem, base };
  if (base === null) return { second: unknown('first'), base: reading };
  if (reading.boot !== base.boot) return { second: unknown('restarted'), base: reading };
  const seconds = (reading.at - base.at) / MS;
  if (seconds <= 0) return withoutTime(base, reading);
  const second = between(base, reading, seconds);
  if (second.is === 'unknown' && second.why === 'restarted') return { second, base: reading };
  if (seconds > longest) return { second: unknown('gap-too-long'), base: reading };
  if (reading.share !== base.share) return { second: unknown('split-changed'), base: reading };
  // Counters that were not read at the same moment are right again with the next reading.
  return { second, base: second.is === 'known' ? reading : base };
}

/** A late reading must not become the base: what came between it and the last one would be counted again. */
function withoutTime(base: CumulativeReading, reading: CumulativeReading): Step {
  if (reading.at === base.at) return { second: unknown('same-time'), base };
  const second = between(base, reading, 0);
  const hasGrown = second.is === 'known' && second.counts.newUnits + second.counts.oldUnits > 0;
  return hasGrown ? { second: unknown('clock-went-back'), base: reading } : { second: unknown('late'), base };
}

function between(base: CumulativeReading, reading: CumulativeReading, seconds: number): Second {
  const [fresh, old] = [grownOf(base.new, reading.new), grownOf(base.old, reading.old)];
  if (typeof fresh === 'string') return unknown(fresh, 'new');
  return typeof old === 'string' ? unknown(old, 'old') : known(fresh, old, seconds);
}

function grownOf(before: ArmTotals | null, after: ArmTotals | null): ReturnType<typeof grownBy> {
  return before === null || after === null ? 'unread' : grownBy(before, after);
}

function known(fresh: GrownArm, old: GrownArm, seconds: number): Known {
  const counts = { newUnits: fresh.units, newBad: fresh.bad, oldUnits: old.units, oldBad: old.bad };
  const areTimed = fresh.latencies !== null && old.latencies !== null;
  const latencies = areTimed ? { new: fresh.latencies, old: old.latencies } : null;
  const areSharded = fresh.shards !== null && old.shards !== null;
  return {
    is: 'known',
    seconds,
    counts,
    latencies,
    shards: areSharded ? { new: fresh.shards, old: old.shards } : null,
  };
}
