const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The longer ones have no length of their own; 30, 90 and 365 days are what OpenSLO's own Go module takes them for. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['m', MINUTE],
  ['h', HOUR],
  ['d', DAY],
  ['w', 7 * DAY],
  ['M', 30 * DAY],
  ['Q', 90 * DAY],
  ['Y', 365 * DAY],
]);
const WITHOUT_LENGTH = 'MQY';

export interface ShorthandDuration {
  readonly ms: number;
  /** Whether the length had to be chosen, as of a month. */
  readonly isChosen: boolean;
}

/** `12h`, `4w`, `1M` in milliseconds (OpenSLO v1, "duration-shorthand"); null where it is none. Zero is one: `0m`. */
export function parseShorthand(text: string): ShorthandDuration | null {
  const [, digits = '', unit = ''] = /^(\d{1,9})([mhdwMQY])$/.exec(text) ?? [];
  const length = UNITS.get(unit);
  return length === undefined ? null : { ms: Number(digits) * length, isChosen: WITHOUT_LENGTH.includes(unit) };
}

/** The same in days, hours or minutes, the longest that fits; null where these cannot say it. */
export function formatShorthand(ms: number): string | null {
  if (!(ms >= 0 && ms % MINUTE === 0) || ms / MINUTE > 999_999_999) return null;
  for (const [unit, length] of [['d', DAY] as const, ['h', HOUR] as const]) {
    if (ms > 0 && ms % length === 0) return `${ms / length}${unit}`;
  }
  return `${ms / MINUTE}m`;
}
