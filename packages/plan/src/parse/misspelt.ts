import { nearest } from '../text/nearest.ts';
import type { PlanJson } from '../model/provider-use.ts';

/** The unknown key that a missing one was probably meant to be; null where there is none. It is the one problem of the two. */
export function misspeltAs(
  map: Readonly<Record<string, PlanJson>>,
  missing: string,
  known: readonly string[],
): string | null {
  if (Object.hasOwn(map, missing)) return null;
  return Object.keys(map).find((key) => !known.includes(key) && nearest(key, known) === missing) ?? null;
}
