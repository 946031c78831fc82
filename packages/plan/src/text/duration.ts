const UNITS = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** A duration: whole numbers with a unit, largest unit first, each unit once. */
export const DURATION = /^(?=\d)(?:\d{1,9}w)?(?:\d{1,9}d)?(?:\d{1,9}h)?(?:\d{1,9}m(?!s))?(?:\d{1,9}s)?(?:\d{1,12}ms)?$/;

const PART = /(\d+)(ms|[wdhms])/g;

/** Ten years: far beyond any launch, and far from the end of exact integers. */
export const LONGEST_DURATION = 3_650 * 86_400_000;

/** `1h30m` to milliseconds; null where the text is not a duration of at most ten years. Units: w d h m s ms. */
export function parseDuration(text: string): number | null {
  if (!DURATION.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(PART)) {
    total += Number(count) * (UNITS.find(([name]) => name === unit)?.[1] ?? Number.NaN);
  }
  return total <= LONGEST_DURATION ? total : null;
}

/** Whole milliseconds (0 and more) to the shortest text that `parseDuration` reads back, weeks written as days: `1h30m`, `2d`, `0s`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds));
  let text = '';
  for (const [name, size] of UNITS) {
    if (name === 'w' || rest < size) continue;
    text += `${Math.floor(rest / size)}${name}`;
    rest %= size;
  }
  return text === '' ? '0s' : text;
}
