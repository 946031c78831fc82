import { audienceRule } from './audience-rule.ts';
import type { FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';

/**
 * Why a flag should be looked at. `expired`: past the end of life that its team named. `experiment-running`: an experiment past it,
 * which still gives different people different variants. `settled`: a release flag that gives everybody one variant: its code can go.
 * `left-killed`: killed, and nobody has mended or removed it.
 */
export type StaleReason = 'expired' | 'experiment-running' | 'settled' | 'left-killed';

export interface StaleFlag {
  readonly key: string;
  readonly owner: string;
  readonly reason: StaleReason;
  /** Whole days for which that has been so. */
  readonly days: number;
  /** What everybody gets, where that is one variant; null: it differs, or the code's own default. */
  readonly variant: string | null;
  readonly expires: string;
}

const DAY = 86_400_000;
/** Days that a release flag may serve everybody the same before it is in the way. */
const SETTLED_DAYS = 14;
const KILLED_DAYS = 7;

/** Flags that should be removed or looked at, the longest overdue first; one entry for each reason. `now`: epoch ms. */
export function staleFlags(set: FlagSet, now: number): readonly StaleFlag[] {
  const found = [...set.flags.values()].flatMap((record) => staleReasons(record, now));
  return found.toSorted((a, b) => b.days - a.days || (a.key < b.key ? -1 : 1));
}

function staleReasons(record: FlagRecord, now: number): readonly StaleFlag[] {
  const { key, about, kill, changedAt } = record;
  const variant = everybodyGets(record);
  const entry = (reason: StaleReason, days: number): StaleFlag => {
    return { key, owner: about.owner, reason, days, variant, expires: about.expires };
  };
  const found: StaleFlag[] = [];
  const overdue = overdueDays(about.expires, now);
  if (overdue > 0) {
    const running = about.type === 'experiment' && kill === null && variant === null;
    found.push(entry(running ? 'experiment-running' : 'expired', overdue));
  }
  const settled = Math.floor((now - changedAt) / DAY);
  if (about.type === 'release' && kill === null && variant !== null && settled >= SETTLED_DAYS) {
    found.push(entry('settled', settled));
  }
  const killed = kill === null ? 0 : now - kill.at;
  if (killed > KILLED_DAYS * DAY) found.push(entry('left-killed', Math.floor(killed / DAY)));
  return found;
}

/** The one variant that everybody gets by the flag's own rules; null: it differs. */
function everybodyGets({ about, definition, ramp, kill }: FlagRecord): string | null {
  if (kill !== null) return about.off;
  if (definition.state === 'DISABLED' || about.requires.length > 0) return null;
  const reached = ramp === null ? false : audienceRule(ramp);
  if (ramp !== null && reached !== false) return reached === true ? ramp.variant : null;
  const { targeting = null } = definition;
  const plain = targeting === null || (typeof targeting === 'object' && Object.keys(targeting).length === 0);
  return plain ? (definition.defaultVariant ?? null) : null;
}

/** Whole days since the end of the named day; 0: it is not over, or never is. */
function overdueDays(expires: string, now: number): number {
  const [year, month, day] = expires.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return 0;
  const over = (daysSince1970(year, month, day) + 1) * DAY;
  return now < over ? 0 : Math.floor((now - over) / DAY) + 1;
}

/** Days of the Gregorian calendar, counted in years that begin in March so that the leap day comes last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leaps + Math.floor((153 * months + 2) / 5) + day - 1 - 719_468;
}
