import type { ShardsAnswer } from '@slipway/contract';
import type { ShardCounts } from '@slipway/judge';
import { MOST_SHARDS } from '../shard-bounds.ts';
import { spread } from './spread.ts';

export type ShardReading = ShardsAnswer['readings'][number];
type Counts = ShardReading['shards'][number];

/** What happened to the shards between two readings. */
export type Change =
  | { readonly kind: 'came' | 'gone' | 'began-again'; readonly shard: string }
  /** All counters began again at zero: what was counted meanwhile is not known. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'too-many' };

/** How long a scrape may be apart from the one before, in seconds. */
const LONGEST_LUMP = 60;
const LONGEST_NAME = 190;

interface Shard {
  readonly label: string;
  last: Counts;
  /** The second since which nothing of it is known. */
  since: number;
  /** By second. */
  readonly units: number[];
  readonly bad: number[];
}

export interface Sum {
  readonly seconds: number;
  readonly shards: number;
  readonly units: number;
  readonly bad: number;
}

/** Cumulative readings of shards as what each counted second by second. A shard that begins again or is gone ends its series. */
export class ShardSeries {
  readonly #source: ShardsAnswer['source'];
  readonly #there = new Map<string, Shard>();
  readonly #all: Shard[] = [];
  readonly #labels = new Set<string>();
  #boot: string | null = null;
  /** Epoch ms of the first reading. */
  #first = 0;
  #second = 0;
  #sum = { units: 0, bad: 0 };

  /** Of the past a count stands still from one scrape to the next; of what is live it was still there. */
  constructor(source: ShardsAnswer['source']) {
    this.#source = source;
  }

  get sum(): Sum {
    return { seconds: this.#second, shards: this.#all.length, ...this.#sum };
  }

  /** The names of the shards, in their places. */
  get names(): readonly string[] {
    return this.#all.map(({ label }) => label);
  }

  get series(): readonly ShardCounts[] {
    return Array.from({ length: this.#second }, (_, second) => ({
      units: this.#all.map(({ units }) => units[second] ?? 0),
      bad: this.#all.map(({ bad }) => bad[second] ?? 0),
    }));
  }

  /** A reading that is no second newer than the one before is left to the next. */
  take({ boot, at, shards }: ShardReading): readonly Change[] {
    const isFirst = this.#boot === null;
    if (isFirst) this.#first = at;
    const second = Math.round((at - this.#first) / 1000);
    if (!isFirst && second <= this.#second) return [];
    const restarted = !isFirst && boot !== this.#boot;
    this.#boot = boot;
    this.#second = second;
    const gone = this.#end(new Set(shards.map(({ name }) => name)));
    const others = shards.flatMap((counts) => this.#count(counts, { isFirst, restarted }));
    return [...(restarted ? [{ kind: 'restarted' } as const] : []), ...gone, ...others];
  }

  #end(there: ReadonlySet<string>): readonly Change[] {
    const gone = [...this.#there.keys()].filter((name) => !there.has(name));
    for (const name of gone) this.#there.delete(name);
    return gone.map((shard) => ({ kind: 'gone', shard }));
  }

  #count(counts: Counts, { isFirst, restarted }: { isFirst: boolean; restarted: boolean }): readonly Change[] {
    const { name } = counts;
    const shard = this.#there.get(name);
    if (shard === undefined) return this.#begin(counts, isFirst ? null : 'came');
    if (restarted) {
      shard.last = counts;
      shard.since = this.#second;
      return [];
    }
    const more = { units: counts.total - shard.last.total, bad: counts.bad - shard.last.bad };
    // What has fewer than before, or more bad than there are, is not what it was.
    if (more.bad < 0 || more.bad > more.units) return this.#begin(counts, 'began-again');
    if (more.units > 0 || this.#source === 'live') this.#add(shard, more);
    shard.last = counts;
    return [];
  }

  #add(shard: Shard, more: { readonly units: number; readonly bad: number }): void {
    const length = Math.min(this.#second - shard.since, LONGEST_LUMP);
    for (const [index, { units, bad }] of spread(more, length).entries()) {
      shard.units[this.#second - length + index] = units;
      shard.bad[this.#second - length + index] = bad;
    }
    shard.since = this.#second;
    this.#sum = { units: this.#sum.units + more.units, bad: this.#sum.bad + more.bad };
  }

  #begin(last: Counts, kind: 'came' | 'began-again' | null): readonly Change[] {
    const { name: shard } = last;
    this.#there.delete(shard);
    if (this.#all.length >= MOST_SHARDS) return [{ kind: 'too-many' }];
    const begun: Shard = { label: this.#labelOf(shard), last, since: this.#second, units: [], bad: [] };
    this.#there.set(shard, begun);
    this.#all.push(begun);
    return kind === null ? [] : [{ kind, shard }];
  }

  /** As a table can hold it, and no other's: one that came back is another shard. */
  #labelOf(name: string): string {
    const plain = name.replaceAll(/[\p{Cc},"]/gu, '_').slice(0, LONGEST_NAME);
    let label = plain;
    for (let time = 2; this.#labels.has(label); time += 1) label = `${plain} (${time})`;
    this.#labels.add(label);
    return label;
  }
}
