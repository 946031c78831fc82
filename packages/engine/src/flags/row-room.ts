import { type CountKey, keyOf, LONGEST_NAME, MOST_ROWS_OF_SET } from './count-table.ts';

/** Keeps what is counted of a set from growing without end: names of outcomes come from outside. */
export class RowRoom {
  readonly #rows = new Map<string, Set<string>>();
  readonly #most: number;
  readonly #onFull: (set: string) => void;
  readonly #full = new Set<string>();

  /** `onFull`: told once for each set. */
  constructor(onFull: (set: string) => void, most = MOST_ROWS_OF_SET) {
    this.#onFull = onFull;
    this.#most = most;
  }

  /** Whether the row is there, or may be. */
  has(key: CountKey): boolean {
    const rows = this.#of(key);
    const text = keyOf(key);
    if (rows.has(text)) return true;
    if ([key.flag, key.variant, key.outcome].some((name) => !isName(name))) return false;
    if (rows.size >= this.#most) {
      if (!this.#full.has(key.set)) this.#onFull(key.set);
      this.#full.add(key.set);
      return false;
    }
    rows.add(text);
    return true;
  }

  /** What the database has already, by whichever server. */
  learn(keys: readonly CountKey[]): void {
    for (const key of keys) this.#of(key).add(keyOf(key));
  }

  #of({ set, outcome }: CountKey): Set<string> {
    const kind = `${outcome === '' ? 'exposures' : 'outcomes'} ${set}`;
    const rows = this.#rows.get(kind) ?? new Set();
    this.#rows.set(kind, rows);
    return rows;
  }
}

/** One with a NUL no PostgreSQL takes: it would keep all that is counted with it from being written. */
function isName(name: string): boolean {
  return name.length <= LONGEST_NAME && !name.includes('\0');
}
