import { z } from 'zod';

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
/** At least one part; larger units first. An ECMA-262 pattern, so that JSON Schema can carry it. */
const PATTERN = /^(?=\d)(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m)?(?:\d{1,6}s)?(?:\d{1,6}ms)?$/;
const PART = /(\d+)(ms|d|h|m|s)/g;
const HINT = 'write a duration like 500ms, 10s, 5m, 1h30m or 2d';

export interface DurationLimits {
  /** Milliseconds, inclusive. Default 0. */
  readonly min?: number;
  /** Milliseconds, inclusive. Default 400 days. */
  readonly max?: number;
}

/** A schema that reads `500ms`, `10s`, `5m`, `1h30m`, `2d` as milliseconds, and writes milliseconds back in that form. */
export function duration({ min = 0, max = 400 * UNITS.d }: DurationLimits = {}): z.ZodCodec<z.ZodString, z.ZodNumber> {
  const milliseconds = z
    .int()
    .min(min, { error: `must be at least ${formatDuration(min)}` })
    .max(max, { error: `must be at most ${formatDuration(max)}` });
  return z.codec(z.string().regex(PATTERN, { error: HINT }), milliseconds, {
    decode: parseDuration,
    encode: formatDuration,
  });
}

function parseDuration(text: string): number {
  let total = 0;
  for (const [, count, unit] of text.matchAll(PART)) total += Number(count) * UNITS[unit as keyof typeof UNITS];
  return total;
}

/** Milliseconds (a whole number, not negative) in the form that `duration()` reads: 5400000 is `1h30m`. */
export function formatDuration(milliseconds: number): string {
  let left = milliseconds;
  let text = '';
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text === '' ? '0s' : text;
}
