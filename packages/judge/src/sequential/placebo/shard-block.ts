import { type ShardCounts, type ShardReading, totalOf } from './shard-counts.ts';

export interface ShardBlockState {
  readonly reading: ShardReading | null;
  readonly looks: number;
}

/** Looks after which what one version did alone is dropped: nothing is beside it that could be as bad. */
const LONGEST = 10;

/** Looks are put together until both versions have answered something, so that little traffic is not lost, nor weighed unevenly. */
export class ShardBlock {
  #reading: ShardReading | null = null;
  #looks = 0;

  /** null: one of the versions has no units yet. */
  add(reading: ShardReading): ShardReading | null {
    const block = this.#reading === null ? reading : together(this.#reading, reading);
    this.#looks += 1;
    if (totalOf(block.new.units) > 0 && totalOf(block.old.units) > 0) {
      this.drop();
      return block;
    }
    if (this.#looks >= LONGEST) this.drop();
    else this.#reading = block;
    return null;
  }

  /** Forgets what waits: its shards are no longer those that come. */
  drop(): void {
    this.#reading = null;
    this.#looks = 0;
  }

  state(): ShardBlockState {
    return { reading: this.#reading, looks: this.#looks };
  }

  restore({ reading, looks }: ShardBlockState): void {
    this.#reading = reading;
    this.#looks = looks;
  }
}

function together(one: ShardReading, other: ShardReading): ShardReading {
  return { new: sumOf(one.new, other.new), old: sumOf(one.old, other.old) };
}

function sumOf(one: ShardCounts, other: ShardCounts): ShardCounts {
  const of = (key: keyof ShardCounts) => other[key].map((count, shard) => count + (one[key][shard] ?? 0));
  return { units: of('units'), bad: of('bad') };
}
