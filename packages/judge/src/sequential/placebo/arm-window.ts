import type { AlarmRules } from './alarm-rules.ts';
import { type ShardCounts, totalOf } from './shard-counts.ts';

/** What an arm's shards did in a window. */
export interface ClosedArm {
  /** Bad units by shard; null: it rests, or had no units. */
  readonly bad: readonly (number | null)[];
  /** Units of a shard in a window, on average of all time. */
  readonly size: number;
}

export interface ArmWindowState {
  readonly units: readonly number[];
  readonly bad: readonly number[];
  readonly resting: readonly number[];
  readonly allUnits: number;
  readonly windows: number;
}

/** The shards of one arm, window by window. */
export class ArmWindow {
  readonly #atMost: number;
  readonly #restWindows: number;
  #units: number[] = [];
  #bad: number[] = [];
  /** Windows for which each shard rests yet. */
  #resting: number[] = [];
  #allUnits = 0;
  #windows = 0;

  constructor({ window, atMost, rest }: AlarmRules) {
    this.#atMost = atMost;
    this.#restWindows = Math.ceil(rest / window);
  }

  get shards(): number {
    return this.#units.length;
  }

  add({ units, bad }: ShardCounts): void {
    for (let shard = 0; shard < this.#units.length; shard += 1) {
      this.#units[shard] = (this.#units[shard] ?? 0) + (units[shard] ?? 0);
      this.#bad[shard] = (this.#bad[shard] ?? 0) + (bad[shard] ?? 0);
    }
  }

  close(): ClosedArm {
    this.#allUnits += totalOf(this.#units);
    this.#windows += 1;
    const bad = this.#units.map((units, shard) => this.#closeShard(shard, units));
    const size = this.#allUnits / (this.#windows * Math.max(1, this.shards));
    this.drop();
    return { bad, size };
  }

  /** Forgets the window that has begun. */
  drop(): void {
    this.#units.fill(0);
    this.#bad.fill(0);
  }

  /** Begins anew with so many shards: which is which is no longer known. */
  reset(shards: number): void {
    this.#units = Array.from({ length: shards }, () => 0);
    this.#bad = [...this.#units];
    this.#resting = [...this.#units];
    this.#allUnits = 0;
    this.#windows = 0;
  }

  state(): ArmWindowState {
    const [units, bad, resting] = [[...this.#units], [...this.#bad], [...this.#resting]];
    return { units, bad, resting, allUnits: this.#allUnits, windows: this.#windows };
  }

  restore({ units, bad, resting, allUnits, windows }: ArmWindowState): void {
    this.#units = [...units];
    this.#bad = [...bad];
    this.#resting = [...resting];
    this.#allUnits = allUnits;
    this.#windows = windows;
  }

  #closeShard(shard: number, units: number): number | null {
    const left = this.#resting[shard] ?? 0;
    if (left > 0) {
      this.#resting[shard] = left - 1;
      return null;
    }
    if (units === 0) return null;
    const bad = this.#bad[shard] ?? 0;
    if (bad > this.#atMost) this.#resting[shard] = this.#restWindows;
    return bad;
  }
}
