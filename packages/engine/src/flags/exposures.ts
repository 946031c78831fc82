import type { FlagExposure, FlagVariant } from '../ports/flag-counter.ts';
import { type CountKey, type CountRow, keyOf } from './count-table.ts';

export interface ExposuresPorts {
  /** Whether there is room for a row that may not be there yet. */
  readonly mayBegin: (key: CountKey) => boolean;
  /** Told of the first since they were last taken. */
  readonly onFirst: () => void;
}

/** Who met what since it was last taken, counted in memory. */
export class Exposures {
  readonly #ports: ExposuresPorts;
  #counted: Cell[] = [];

  constructor(ports: ExposuresPorts) {
    this.#ports = ports;
  }

  of(set: string, met: readonly FlagVariant[]): FlagExposure {
    return new Cell(
      met.map(({ flag, variant }) => ({ set, flag, outcome: '', variant })),
      (cell) => this.#begin(cell),
    );
  }

  /** Each row once, whoever counted it. */
  take(): readonly CountRow[] {
    const rows = new Map<string, CountRow>();
    for (const cell of this.#counted) {
      const count = cell.take();
      for (const key of cell.counted) {
        const name = keyOf(key);
        rows.set(name, { ...key, good: count + (rows.get(name)?.good ?? 0), bad: 0, firstBadAt: null });
      }
    }
    this.#counted = [];
    return [...rows.values()];
  }

  #begin(cell: Cell): readonly CountKey[] {
    const counted = cell.keys.filter((key) => this.#ports.mayBegin(key));
    if (counted.length === 0) return counted;
    this.#counted.push(cell);
    if (this.#counted.length === 1) this.#ports.onFirst();
    return counted;
  }
}

/** Called for every evaluation: an addition, but for the first. */
class Cell implements FlagExposure {
  readonly keys: readonly CountKey[];
  readonly #begin: (cell: Cell) => readonly CountKey[];
  /** Those for which there was room when it began. */
  #counted: readonly CountKey[] = [];
  #count = 0;

  constructor(keys: readonly CountKey[], begin: (cell: Cell) => readonly CountKey[]) {
    this.keys = keys;
    this.#begin = begin;
  }

  get counted(): readonly CountKey[] {
    return this.#counted;
  }

  count(): void {
    if (this.#count > 0) {
      this.#count += 1;
      return;
    }
    this.#counted = this.#begin(this);
    if (this.#counted.length > 0) this.#count = 1;
  }

  take(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}
