/** A gauge at one moment, in its own unit. */
export interface GaugeReading {
  /** Milliseconds of a clock that only runs forward. */
  readonly at: number;
  readonly value: number;
}

/** How a gauge is watched. */
export interface GaugeRules {
  /** Milliseconds that a slope is taken over. It should hold several teeth of a garbage collector's saw. */
  readonly span: number;
  /** Readings kept over the span, 2 to 240: nearer ones are passed over, so that memory and work stay bounded. */
  readonly most: number;
  /** Readings below which no slope is known. */
  readonly fewest: number;
  /** Milliseconds without a reading after which what was before says nothing of what is now. */
  readonly longestGap: number;
}

/** Ten minutes, for looks that are up to ten seconds apart. */
export const GAUGE_RULES: GaugeRules = { span: 600_000, most: 60, fewest: 20, longestGap: 60_000 };

/** The rules for looks `every` so many milliseconds: what is looked at seldom is watched for longer. */
export function gaugeRulesFor(every: number): GaugeRules {
  const { span, most, longestGap } = GAUGE_RULES;
  return { ...GAUGE_RULES, span: Math.max(span, most * every), longestGap: Math.max(longestGap, LATE_LOOKS * every) };
}

/** Looks without a reading that are no gap yet. */
const LATE_LOOKS = 3;

/** What is remembered of a gauge: plain data, a few kilobytes at most. */
export interface GaugeMemory {
  /** Oldest first, spread over the span. */
  readonly spread: readonly GaugeReading[];
  /** The newest few, oldest first, however near to each other. */
  readonly newest: readonly GaugeReading[];
}

export const NO_READINGS: GaugeMemory = { spread: [], newest: [] };

/** Newest readings that a level is taken from: one that stands out is outvoted by the two others. */
export const LEVEL_READINGS = 3;

/**
 * The memory with one more reading. What is no finite number is no reading. After a gap, or where the clock jumped, it begins anew:
 * what happened meanwhile nobody knows.
 */
export function withReading(memory: GaugeMemory, reading: GaugeReading, rules: GaugeRules = GAUGE_RULES): GaugeMemory {
  const { at, value } = reading;
  if (!Number.isFinite(at) || !Number.isFinite(value)) return memory;
  const before = memory.newest.at(-1);
  const passed = before === undefined ? 0 : at - before.at;
  // The same look once more.
  if (before !== undefined && passed === 0) return memory;
  if (passed < 0 || passed > rules.longestGap) return { spread: [reading], newest: [reading] };
  const last = memory.spread.at(-1);
  const isNear = last !== undefined && at - last.at < rules.span / rules.most;
  const spread = isNear ? memory.spread : [...memory.spread, reading];
  return {
    spread: spread.filter((each) => at - each.at <= rules.span).slice(-rules.most),
    newest: [...memory.newest, reading].slice(-LEVEL_READINGS),
  };
}
