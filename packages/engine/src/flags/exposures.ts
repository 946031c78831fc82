import type { FlagExposure } from '../ports/flag-counter.ts';
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

  of(set: string, flag: string, variant: string): FlagExposure {
    return new Cell({ set, flag, outcome: '', variant }, (cell) => this.#begin(cell));
  }

  /** Each row once, whoever counted it. */
  take(): readonly CountRow[] {
    const rows = new Map<string, CountRow>();
    for (const cell of this.#counted) {
      const good = cell.take() + (rows.get(cell.name)?.good ?? 0);
      rows.set(cell.name, { ...cell.key, good, bad: 0, firstBadAt: null });
    }
    this.#counted = [];
    return [...rows.values()];
  }

  #begin(cell: Cell): boolean {
    if (!this.#ports.mayBegin(cell.key)) return false;
    this.#counted.push(cell);
    if (this.#counted.length === 1) this.#ports.onFirst();
    return true;
  }
}

/** Called for every evaluation: an addition, but for the first. */
class Cell implements FlagExposure {
  readonly key: CountKey;
  readonly name: string;
  readonly #begin: (cell: Cell) => boolean;
  #count = 0;

  constructor(key: CountKey, begin: (cell: Cell) => boolean) {
    this.key = key;
    this.name = keyOf(key);
    this.#begin = begin;
  }

  count(): void {
    if (this.#count > 0 || this.#begin(this)) this.#count += 1;
  }

  take(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}
