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
  readonly newUnits: number;
  readonly oldUnits: number;
  readonly unitsBefore: number;
  readonly totals: ShardTotalsState;
  readonly resting: readonly number[];
  readonly starts: readonly { readonly stake: number; readonly totals: ShardTotalsState }[];
}

/** From here on so much is bet on harm. */
interface Start {
  readonly stake: number;
  readonly totals: ShardTotals;
}

/** The looks for which as many shards answered, from one step of a rollout that adds or takes instances to the next. */
export class ShardSpan {
  readonly newShards: number;
  readonly oldShards: number;
  readonly #rest: number;
  /** The new version's planned share of the units, 0..1; null where nobody knows it. */
  #share: number | null = null;
  #totals: ShardTotals;
  #starts: readonly Start[] = [];
  /** Looks for which what a shard does still belongs to its last burst. */
  #resting: number[];
  /** Since the traffic was split as it is. */
  #newUnits = 0;
  #oldUnits = 0;
  /** Units of a shard before that. */
  #unitsBefore = 0;

  /** `rest`: looks for which what a shard does is one burst. */
  constructor({ new: fresh, old }: ShardReading, rest: number) {
    this.newShards = fresh.units.length;
    this.oldShards = old.units.length;
    this.#rest = rest;
    const shards = this.newShards + this.oldShards;
    this.#totals = noTotals(shards);
    this.#resting = Array.from({ length: shards }, () => 0);
  }

  isOf({ new: fresh, old }: ShardReading): boolean {
    return fresh.units.length === this.newShards && old.units.length === this.oldShards;
  }

  /** Begins to bet so much on what comes from now on. */
  begin(stake: number): void {
    this.#starts = [...this.#starts, { stake, totals: copyOf(this.#totals) }];
  }

  /** Both versions have units in it. `share`: with another one shards are of other sizes from here on. */
  take({ new: fresh, old }: ShardReading, share: number | null, thinning: Thinning): void {
    if (share !== this.#share) this.#split(share);
    this.#newUnits += totalOf(fresh.units);
    this.#oldUnits += totalOf(old.units);
    const [newSize, oldSize] = [this.#newUnits / this.newShards, this.#oldUnits / this.oldShards];
    const size = Math.min(newSize, oldSize);
    const { bad, bursts } = this.#totals;
    this.#totals = { bad, bursts, units: this.#unitsBefore + size };
    for (const [shard, count] of fresh.bad.entries()) this.#count(shard, thinning.kept(count, size / newSize));
    for (const [shard, count] of old.bad.entries())
      this.#count(this.newShards + shard, thinning.kept(count, size / oldSize));
  }

  #split(share: number | null): void {
    this.#share = share;
    this.#unitsBefore = this.#totals.units;
    this.#newUnits = 0;
    this.#oldUnits = 0;
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

  /** ln of what all that was staked here has come to: of each start the mean over the bets. */
  evidence(rules: Omit<SubsetRules, 'newShards'>): number {
    return logSum(
      this.#starts.map(({ stake, totals }) => {
        const bets = subsetEvidence(totals, this.#totals, { ...rules, newShards: this.newShards });
        return Math.log(stake / BETS) + logSum(bets);
      }),
    );
  }

  state(): ShardSpanState {
    return {
      newShards: this.newShards,
      oldShards: this.oldShards,
      share: this.#share,
      newUnits: this.#newUnits,
      oldUnits: this.#oldUnits,
      unitsBefore: this.#unitsBefore,
      totals: totalsState(this.#totals),
      resting: [...this.#resting],
      starts: this.#starts.map(({ stake, totals }) => ({ stake, totals: totalsState(totals) })),
    };
  }

  static of(state: ShardSpanState, rest: number): ShardSpan {
    const shards = (count: number) => {
      const none = Array.from({ length: count }, () => 0);
      return { units: none, bad: none };
    };
    const span = new ShardSpan({ new: shards(state.newShards), old: shards(state.oldShards) }, rest);
    span.#share = state.share;
    span.#newUnits = state.newUnits;
    span.#oldUnits = state.oldUnits;
    span.#unitsBefore = state.unitsBefore;
    span.#totals = totalsOfState(state.totals);
    span.#resting = [...state.resting];
    span.#starts = state.starts.map(({ stake, totals }) => ({ stake, totals: totalsOfState(totals) }));
    return span;
  }
}
