import { z } from 'zod';

const UNITS = { B: 1, kB: 1000, MB: 1000 ** 2, GB: 1000 ** 3, TB: 1000 ** 4 } as const;
type Unit = keyof typeof UNITS;
const PATTERN = /^(\d{1,6})(B|kB|MB|GB|TB)$/;

/** A schema that reads `500B`, `10kB`, `20MB`, `5GB`, `1TB` as bytes, by powers of 1000, and writes bytes back in that form. */
export const size = () =>
  z.codec(z.string().regex(PATTERN, { error: 'write a size like 500B, 10kB, 20MB, 5GB or 1TB' }), z.int().min(0), {
    decode: (text) => {
      const [, count = '0', unit = 'B'] = PATTERN.exec(text) ?? [];
      return Number(count) * UNITS[unit as Unit];
    },
    encode: formatSize,
  });

/** Bytes exactly, in the largest unit that gives a whole number: 20000000 is `20MB`, 1234567 is `1234567B`. */
export function formatSize(bytes: number): string {
  const units = (Object.keys(UNITS) as Unit[]).toReversed();
  const unit = units.find((each) => bytes >= UNITS[each] && bytes % UNITS[each] === 0) ?? 'B';
  return `${bytes / UNITS[unit]}${unit}`;
}
