import { type GaugeMemory, type GaugeRules, NO_READINGS, withReading } from '../gauge/readings.ts';

/** Milliseconds between two looks at a gauge in tests. */
export const EVERY = 10_000;

/** Looks that fill the span of the standard rules. */
export const LOOKS = 61;

/** A gauge that was looked at so many times, by what it showed at each look, from 0. */
export function watched(gauge: (look: number) => number, looks = LOOKS, rules?: GaugeRules): GaugeMemory {
  const readings = Array.from({ length: looks }, (_, look) => ({ at: look * EVERY, value: gauge(look) }));
  return readings.reduce((memory, reading) => withReading(memory, reading, rules), NO_READINGS);
}

/** A garbage collector's saw: it rises by `height` in `period` looks, then falls back. */
export const saw =
  (height: number, period: number, phase = 0) =>
  (look: number): number =>
    height * ((look / period + phase) % 1);
