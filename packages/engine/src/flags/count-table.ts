/** So many that a name may have characters. */
export const LONGEST_NAME = 256;
/** Rows of a flag set: exposures of variants, and as many of outcomes again: whoever makes up outcomes crowds out no exposure. */
export const MOST_ROWS_OF_SET = 10_000;

/** What is counted of a flag set; `outcome` is empty for exposures, which are counted as good. */
export interface CountKey {
  readonly set: string;
  readonly flag: string;
  readonly outcome: string;
  readonly variant: string;
}

export interface CountRow extends CountKey {
  readonly good: number;
  readonly bad: number;
  /** Epoch ms; null: nothing bad. */
  readonly firstBadAt: number | null;
}

/** In the order in which every server changes rows, so that none waits for another in a ring. */
export function inOrder(rows: readonly CountRow[]): readonly CountRow[] {
  return rows.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
}

export function keyOf({ set, flag, outcome, variant }: CountKey): string {
  return JSON.stringify([set, flag, outcome, variant]);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
