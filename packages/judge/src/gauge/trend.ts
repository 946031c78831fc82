import { duration, plain } from '../words.ts';
import { GAUGE_RULES, type GaugeMemory, type GaugeRules, LEVEL_READINGS } from './readings.ts';
import { type Line, lineThrough, medianOf } from './slope.ts';

/**
 * How a gauge stands. `above`: over its limit now, by the median of its newest readings. `rising`: it grew over the span by more than
 * it swings. `steady`: neither. `unknown`: nobody can tell, which is never `steady`.
 *
 * Readings of memory, CPU or a queue hang together from one to the next. No test here allows for that, so **no promise about false
 * alarms holds**, for one look or for many: a slow cycle that is longer than the span looks like a leak, and a start that warms up is
 * a rise. Good for a hold and a person, or for a limit that is one whatever its cause.
 */
export type GaugeTrend =
  | { readonly verdict: 'unknown'; readonly why: string }
  /** `line` is null where there are too few readings for a slope. */
  | { readonly verdict: 'above'; readonly level: number; readonly limit: number; readonly line: Line | null }
  /** `secondsToLimit`: until the line meets the limit, from the newest reading on; null without a limit. */
  | { readonly verdict: 'rising'; readonly line: Line; readonly secondsToLimit: number | null }
  | { readonly verdict: 'steady'; readonly line: Line };

export interface GaugeLook {
  /** Milliseconds of the readings' clock. */
  readonly now: number;
  /** What it must not be above, in its own unit; null: no limit. */
  readonly limit: number | null;
  readonly rules?: GaugeRules;
}

/**
 * Times its usual swing that it must have grown by. A straight saw of two teeth or more reaches 4 whatever its phase and height, one
 * step up 5.5 wherever it stands: a garbage collector's saw or a cache that filled is no leak. A leak under a saw is one when it has
 * grown by one and a half teeth within the span.
 */
const SWINGS = 6;

/** Share of its level that it must have grown by over the span: less is no matter, however straight. */
const SMALLEST_RISE = 0.05;

/** How a gauge stands. Pure; never throws. */
export function trendOf(memory: GaugeMemory, { now, limit, rules = GAUGE_RULES }: GaugeLook): GaugeTrend {
  const doubt = doubtOf(memory, { now, limit, rules });
  if (doubt !== null) return unknown(doubt);
  const line = memory.spread.length >= rules.fewest ? lineThrough(memory.spread) : null;
  const level = newestLevel(memory);
  if (limit !== null && level !== null && level > limit) return { verdict: 'above', level, limit, line };
  const { length } = memory.spread;
  if (length < rules.fewest)
    return unknown(
      `it was read ${length} ${length === 1 ? 'time' : 'times'} of the ${rules.fewest} that a slope takes`,
    );
  if (line === null) return unknown('its readings make no line');
  if (!rises(line)) return { verdict: 'steady', line };
  return { verdict: 'rising', line, secondsToLimit: limit === null ? null : secondsTo(limit, line) };
}

/** The median of a gauge's newest three readings; null where there are fewer in a row, or the newest is too old. */
export function levelOf(memory: GaugeMemory, { now, rules = GAUGE_RULES }: Omit<GaugeLook, 'limit'>): number | null {
  return doubtOf(memory, { now, limit: null, rules }) === null ? newestLevel(memory) : null;
}

const newestLevel = ({ newest }: GaugeMemory): number | null =>
  newest.length < LEVEL_READINGS ? null : medianOf(newest.map(({ value }) => value));

const unknown = (why: string): GaugeTrend => ({ verdict: 'unknown', why });

function doubtOf({ newest }: GaugeMemory, { now, limit, rules }: Required<GaugeLook>): string | null {
  const last = newest.at(-1);
  if (last === undefined) return 'it was not read yet';
  const silentFor = now - last.at;
  if (!(silentFor >= 0)) return 'its newest reading is of a time to come: the clock was set';
  if (silentFor > rules.longestGap) return `it was last read ${duration(silentFor)} ago`;
  return limit !== null && Number.isNaN(limit) ? 'its limit is no number' : null;
}

function rises({ slope, end, swing, seconds }: Line): boolean {
  const rise = slope * seconds;
  const level = Math.max(Math.abs(end), Math.abs(end - rise));
  return rise > SWINGS * swing && rise > SMALLEST_RISE * level;
}

/** The line may be above the limit where the newest readings are not: then there is no time left. */
const secondsTo = (limit: number, { slope, end }: Line): number => Math.max(0, (limit - end) / slope);

/** What the new version's slope is beyond the old one's. */
export interface GaugeDifference {
  /** Units per second: the new one's slope less the old one's. */
  readonly slope: number;
  /** Whether the new one grew by more than the old one, beyond what the two swing. As little a proof as a trend is. */
  readonly risesMore: boolean;
}

/** Compares two versions of which both have a slope; null where one has none: then the new one's own trend is all there is. */
export function differenceOf(fresh: GaugeTrend, old: GaugeTrend): GaugeDifference | null {
  const [one, other] = [lineOf(fresh), lineOf(old)];
  if (one === null || other === null) return null;
  const slope = one.slope - other.slope;
  const swing = Math.max(one.swing, other.swing);
  const between: Line = { slope, end: one.end, swing, seconds: Math.min(one.seconds, other.seconds) };
  return { slope, risesMore: one.slope > 0 && rises(between) };
}

const lineOf = (trend: GaugeTrend): Line | null => (trend.verdict === 'unknown' ? null : trend.line);

/** A trend in words: `rising by 1,024 each second, at its limit in 310 s`. */
export function trendWords(trend: GaugeTrend): string {
  switch (trend.verdict) {
    case 'unknown':
      return `unknown: ${trend.why}`;
    case 'above':
      return `above its limit: ${plain(trend.level)}, allowed ${plain(trend.limit)}`;
    case 'rising': {
      const { line, secondsToLimit } = trend;
      const left = secondsToLimit === null ? '' : `, at its limit in ${duration(secondsToLimit * 1000)}`;
      return `rising by ${plain(line.slope)} each second${left}`;
    }
    case 'steady':
      return `steady at ${plain(trend.line.end)}`;
  }
}
