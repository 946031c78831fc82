import { logSum } from '../kernel/log-sum.ts';
import { type ShardReading, totalOf } from './shard-counts.ts';
import {
  copyOf,
  noTotals,
  type ShardTotals,
  type ShardTotalsState,
  totalsOfState,
  totalsState,
} from './shard-totals.ts';
import { BETS, subsetEvidence, type SubsetRules } from './subset-evidence.ts';
import type { Thinning } from './thinning.ts';

export interface ShardSpanState {
  readonly newShards: number;
  readonly oldShards: number;
  readonly share: number | null;
  readonly looks: number;
  readonly newUnits: number;
  readonly oldUnits: number;
  readonly totals: ShardTotalsState;
  readonly resting: readonly number[];
  readonly later: readonly ShardTotalsState[];
}

export interface SpanRules {
  /** The new version's planned share of the units, 0..1; null where nobody knows it. */
  readonly share: number | null;
  /** Looks for which what a shard does is one burst. */
  readonly rest: number;
}

/** Harm may begin later: the next start is at this look, and then after four times as many each time. */
const FIRST_LATER = 120;
const APART = 4;
/** Part of the stake that is bet from the first look on; each later start has half of what is left. */
const EARLY = 0.8;

/** Part of the bets that is soon as high as it gets: light ones need hundreds of bad units for that. */
const SOON = 1 / 5;

/** ln of the evidence that so many shards may soon come to at most: every bet's is below the number of subsets. */
export function mostEvidence(newShards: number, oldShards: number): number {
  let subsets = 0;
  for (let shard = 1; shard <= newShards; shard += 1) subsets += Math.log((oldShards + shard) / shard);
  return Math.log(EARLY * SOON) + subsets;
}

/** The looks for which as many shards answered, and the traffic was split as it is: from one step of a rollout to the next. */
export class ShardSpan {
  readonly newShards: number;
  readonly oldShards: number;
  /** The new version's planned share of the units; null where nobody knows it. */
  readonly #share: number | null;
  readonly #rest: number;
  #totals: ShardTotals;
  #later: ShardTotals[] = [];
  /** Looks for which what a shard does still belongs to its last burst. */
  #resting: number[];
  #looks = 0;
  #newUnits = 0;
  #oldUnits = 0;

  constructor({ new: fresh, old }: ShardReading, { share, rest }: SpanRules) {
    this.#share = share;
    this.newShards = fresh.units.length;
    this.oldShards = old.units.length;
    this.#rest = rest;
    const shards = this.newShards + this.oldShards;
    this.#totals = noTotals(shards);
    this.#resting = Array.from({ length: shards }, () => 0);
  }

  isOf({ new: fresh, old }: ShardReading, share: number | null): boolean {
    return fresh.units.length === this.newShards && old.units.length === this.oldShards && share === this.#share;
  }

  /** Both versions have units in it. */
  take({ new: fresh, old }: ShardReading, thinning: Thinning): void {
    this.#looks += 1;
    this.#newUnits += totalOf(fresh.units);
    this.#oldUnits += totalOf(old.units);
    const [newSize, oldSize] = [this.#newUnits / this.newShards, this.#oldUnits / this.oldShards];
    const size = Math.min(newSize, oldSize);
    const { bad, bursts } = this.#totals;
    this.#totals = { bad, bursts, units: size };
    for (const [shard, count] of fresh.bad.entries()) this.#count(shard, thinning.kept(count, part(size, newSize)));
    for (const [shard, count] of old.bad.entries())
      this.#count(this.newShards + shard, thinning.kept(count, part(size, oldSize)));
  }

  #count(shard: number, bad: number): void {
    const left = this.#resting[shard] ?? 0;
    this.#resting[shard] = Math.max(0, left - 1);
    if (bad === 0) return;
    this.#totals.bad[shard] = (this.#totals.bad[shard] ?? 0) + bad;
    if (left > 0) return;
    this.#totals.bursts[shard] = (this.#totals.bursts[shard] ?? 0) + 1;
    this.#resting[shard] = this.#rest;
  }

  /** ln of each bet's evidence in this span: of all of the stake from the first look on, or of parts of it from several starts on. */
  evidence(rules: Omit<SubsetRules, 'newShards'>, begun: 'early' | 'early or later'): Float64Array {
    const of = (start: ShardTotals) => subsetEvidence(start, this.#totals, { ...rules, newShards: this.newShards });
    const first = of(noTotals(this.newShards + this.oldShards));
    if (begun === 'early') return first;
    const later = this.#later.map(of);
    // What no start has taken yet stays as it is.
    let left = 1 - EARLY;
    const stakes = later.map(() => (left /= 2));
    return Float64Array.from({ length: BETS }, (_, bet) =>
      logSum([
        Math.log(EARLY) + (first[bet] ?? 0),
        ...later.map((evidence, index) => Math.log(stakes[index] ?? 0) + (evidence[bet] ?? 0)),
        Math.log(left),
      ]),
    );
  }

  /** To be called after each look's evidence was taken: what is bet from here on must not have been seen. */
  beginLater(): void {
    if (this.#looks === FIRST_LATER * APART ** this.#later.length) this.#later.push(copyOf(this.#totals));
  }

  state(): ShardSpanState {
    return {
      newShards: this.newShards,
      oldShards: this.oldShards,
      share: this.#share,
      looks: this.#looks,
      newUnits: this.#newUnits,
      oldUnits: this.#oldUnits,
      totals: totalsState(this.#totals),
      resting: [...this.#resting],
      later: this.#later.map(totalsState),
    };
  }

  static of(state: ShardSpanState, rest: number): ShardSpan {
    const shards = (count: number) => {
      const none = Array.from({ length: count }, () => 0);
      return { units: none, bad: none };
    };
    const span = new ShardSpan(
      { new: shards(state.newShards), old: shards(state.oldShards) },
      { share: state.share, rest },
    );
    span.#looks = state.looks;
    span.#newUnits = state.newUnits;
    span.#oldUnits = state.oldUnits;
    span.#totals = totalsOfState(state.totals);
    span.#resting = [...state.resting];
    span.#later = state.later.map(totalsOfState);
    return span;
  }
}

function part(size: number, of: number): number {
  return of === 0 ? 1 : size / of;
}
