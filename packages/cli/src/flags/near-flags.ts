import { distance } from 'fastest-levenshtein';
import type { FlagsApi } from '../api/flags-api.ts';

const MOST_SETS = 20;
const MOST_NAMES = 3;
/** Letters of what was typed that are looked at. */
const LONGEST = 100;

/** Flags of any set whose keys may have been meant, the likeliest first, at most 3. Whatever cannot be asked has none. */
export async function nearFlags(flags: Pick<FlagsApi, 'sets' | 'set'>, flag: string): Promise<readonly string[]> {
  const { sets } = await flags.sets().catch(() => ({ sets: [] }));
  const asked = sets.slice(0, MOST_SETS).map(({ set }) => flags.set(set).catch(() => null));
  const keys = new Set((await Promise.all(asked)).flatMap((view) => view?.flags.map(({ key }) => key) ?? []));
  return nearKeys(flag, [...keys]);
}

/** Of the keys those that hold what was typed, or differ from it in a third of its letters at most. */
export function nearKeys(typed: string, keys: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase().slice(0, LONGEST);
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return (
    keys
      .map((key) => ({ key, lower: key.toLowerCase() }))
      // The lengths alone rule out most of thousands of keys.
      .filter(({ lower }) => Math.abs(lower.length - wanted.length) <= most || holds(lower, wanted))
      .map(({ key, lower }) => ({ key, lower, edits: distance(wanted, lower) }))
      .filter(({ lower, edits }) => edits <= most || holds(lower, wanted))
      .toSorted((a, b) => a.edits - b.edits || (a.key < b.key ? -1 : 1))
      .slice(0, MOST_NAMES)
      .map(({ key }) => key)
  );
}

function holds(key: string, wanted: string): boolean {
  return wanted.length > 2 && key.includes(wanted);
}
