import type { GaugeReading } from './readings.ts';

/** A straight line through a gauge's readings. */
export interface Line {
  /** Units per second. */
  readonly slope: number;
  /** Units at the newest reading. */
  readonly end: number;
  /** How far a usual reading is from the line, in units: the median distance. */
  readonly swing: number;
  /** Seconds from the oldest reading to the newest. */
  readonly seconds: number;
}

/**
 * The median of the slopes between all pairs of readings (Theil 1950, Sen 1968): up to 29 % of the readings may be anything. O(n²) in
 * their number. null for fewer than two moments, or where the numbers are too large to be told apart.
 */
export function lineThrough(readings: readonly GaugeReading[]): Line | null {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined) return null;
  const slope = medianOf(slopesBetween(readings));
  if (slope === null) return null;
  const levels = readings.map(({ at, value }) => value + slope * secondsBetween(at, last.at));
  const end = medianOf(levels) ?? Number.NaN;
  const swing = medianOf(levels.map((level) => Math.abs(level - end))) ?? Number.NaN;
  const line = { slope, end, swing, seconds: secondsBetween(first.at, last.at) };
  return Object.values(line).every(Number.isFinite) ? line : null;
}

function slopesBetween(readings: readonly GaugeReading[]): readonly number[] {
  const slopes: number[] = [];
  for (const [index, one] of readings.entries()) {
    for (let later = index + 1; later < readings.length; later += 1) {
      const other = readings[later] ?? one;
      const seconds = secondsBetween(one.at, other.at);
      if (seconds > 0) slopes.push((other.value - one.value) / seconds);
    }
  }
  return slopes;
}

const secondsBetween = (from: number, to: number): number => (to - from) / 1000;

/** null where there is none. */
export function medianOf(values: readonly number[]): number | null {
  // Sorts numbers without being told how: several times as fast, and every look takes some thousands of them.
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) return null;
  return upper === lower ? upper : lower / 2 + upper / 2;
}
