/** A counter of one series as it stands now. */
export interface Counter {
  /** Which series: the same text for the same labels. */
  readonly key: string;
  /** Counters that begin again together: the buckets of one histogram. */
  readonly group: string;
  /** One instance counts it; else it is a sum of several, and what it had counted before it fell is not known. */
  readonly isOwn: boolean;
  readonly value: number;
  /** Epoch seconds at which its sample was taken. */
  readonly sampledAt: number;
}

export interface RememberedCounter {
  readonly value: number;
  /** What it had counted before it last began again at zero. */
  readonly carried: number;
  /** Epoch ms at which it was last there. */
  readonly seenAt: number;
  /** Epoch seconds of the newest sample. */
  readonly sampledAt: number;
}

export interface CounterMemory {
  /** Named anew where nothing is remembered: what was counted before then cannot be told. */
  readonly boot: string;
  /** Epoch ms of the newest counters. */
  readonly at: number;
  readonly counters: Readonly<Record<string, RememberedCounter>>;
}

/** Milliseconds for which what stood is carried on. */
const LONGEST_GAP = 24 * 3_600_000;

export interface Moment {
  /** Epoch ms. */
  readonly at: number;
  /** The boot of a memory that begins now. */
  readonly newBoot: string;
}

/**
 * Carries counters on over their restarts, as rate() does: one that fell began again at zero, and what it had counted is added.
 * One that is gone (an instance that was stopped) stays as it was last seen, so that a sum never falls. Where a sum of several
 * instances fell, nobody can tell what was lost: everything begins anew, under a new boot.
 */
export function advance(memory: CounterMemory | null, counters: readonly Counter[], moment: Moment): CounterMemory {
  const { at, newBoot } = moment;
  const continues = memory !== null && Math.abs(at - memory.at) <= LONGEST_GAP;
  const known = continues ? memory : { boot: newBoot, at: Number.NEGATIVE_INFINITY, counters: {} };
  // Two looks at once may end in the other order: older counters are no restart.
  if (at < known.at) return known;
  // One of two Prometheus servers that take turns may be behind the other: an older sample is no restart either.
  const newer = counters.filter(({ key, sampledAt }) => sampledAt >= (own(known.counters, key)?.sampledAt ?? 0));
  const fallen = newer.filter(({ key, value }) => value < (own(known.counters, key)?.value ?? 0));
  if (fallen.some(({ isOwn }) => !isOwn)) return advance(null, counters, moment);
  const groups = new Set(fallen.map(({ group }) => group));
  const now = newer.map(({ key, group, value, sampledAt }): [string, RememberedCounter] => {
    const before = own(known.counters, key);
    const carried = (before?.carried ?? 0) + (groups.has(group) ? (before?.value ?? 0) : 0);
    return [key, { value, carried, seenAt: at, sampledAt }];
  });
  return { boot: known.boot, at, counters: { ...known.counters, ...Object.fromEntries(now) } };
}

/** What a counter has counted since its memory began, restarts and all. */
export const countOf = ({ value, carried }: RememberedCounter): number => value + carried;

const own = (counters: CounterMemory['counters'], key: string): RememberedCounter | undefined =>
  Object.hasOwn(counters, key) ? counters[key] : undefined;
