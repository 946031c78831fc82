import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import type { Margin } from '../kernel/growth.ts';
import { logSum } from '../kernel/log-sum.ts';
import { type Look, type MetricState, NO_EVIDENCE, type SequentialMetric } from '../metrics/metric.ts';
import { ShardBlock, type ShardBlockState } from './shard-block.ts';
import { type ShardReading, totalOf } from './shard-counts.ts';
import { ShardSpan, type ShardSpanState } from './shard-span.ts';
import { BETS, TILTS } from './subset-evidence.ts';
import { Thinning } from './thinning.ts';

export interface PlaceboRules {
  /** What the new version may be worse by before it fails. */
  readonly margin: Margin;
  /** What it must be shown to be better than before it may go on early. */
  readonly promotion: Margin;
  /** After the first 60 looks evidence is worked out at every so manieth: 1 or more, whole. With hundreds of shards it takes milliseconds. */
  readonly pace: number;
  /**
   * For who asks nothing but whether evidence of harm, ln of it, comes to so much: it is worked out where it could, and elsewhere the look
   * before stands. Absent: no look is left out.
   */
  readonly least?: number;
}

export interface PlaceboState extends MetricState {
  readonly bad: number;
  readonly looks: number;
  readonly last: Look;
  /** ln of each bet's evidence from spans that are over. */
  readonly harm: readonly number[];
  readonly harmless: readonly number[];
  readonly thinning: number;
  readonly block: ShardBlockState;
  readonly span: ShardSpanState | null;
}

/** Looks of which none is left out: what is far worse is to be found at once. */
const FIRST = 60;
/** Looks for which a shard's bad units are one burst. */
const REST = 10;
/** What one bad unit adds to ln of any evidence at most; what is bad in an old shard only takes from it. */
const MOST_ADDED = Math.max(...TILTS);
const ROUNDING = 1e-6;

/**
 * The share of bad units of the new version against the old one's, where bad ones come together: in pauses, in noise, in users. Every
 * subset of the shards that is as large as the new version's is a placebo, and the new version's evidence is what it has above
 * all of them: see subsetEvidence. At any look that was fixed before, it reaches 1/alpha with a chance of at most alpha, and nothing
 * is assumed of what shards have in common with themselves over time; that this holds for all looks together is exact where shards
 * forget, and was measured where they do not (docs/explanation/judge-figures).
 * With k of n shards it ends below the number of subsets, n over k: six of each, or three new ones beside fifteen old ones, are the least.
 */
export class PlaceboMetric implements SequentialMetric<ShardReading, PlaceboState> {
  units = 0;
  bad = 0;
  readonly #fingerprint: string;
  readonly #rules: PlaceboRules;
  readonly #block = new ShardBlock();
  #thinning = new Thinning(0);
  #harm: Float64Array = new Float64Array(BETS);
  #harmless: Float64Array = new Float64Array(BETS);
  #span: ShardSpan | null = null;
  #looks = 0;
  #last: Look = NO_EVIDENCE;
  /** The new version's bad units since a look was worked out. */
  #since = 0;

  constructor(rules: PlaceboRules) {
    this.#fingerprint = fingerprintOf('placebo', rules, TILTS, BETS, REST);
    this.#rules = rules;
  }

  /** `share`: the new version's planned share of the units, where it is known: with another one shards are of other sizes. */
  look(reading: ShardReading, share: number | null = null): Look {
    this.units += totalOf(reading.new.units);
    this.bad += totalOf(reading.new.bad);
    const span = this.#spanOf(reading, share);
    const block = this.#block.add(reading);
    if (block === null) return this.#last;
    this.#looks += 1;
    span.take(block, this.#thinning);
    // A part of a unit begins a burst, too.
    for (const bad of block.new.bad) this.#since += Math.ceil(bad);
    if (this.#isDue()) {
      this.#last = this.#evidence(span);
      this.#since = 0;
    }
    span.beginLater();
    return this.#last;
  }

  #isDue(): boolean {
    const { pace, least } = this.#rules;
    if (least !== undefined) return this.#last.harm + MOST_ADDED * this.#since >= least - ROUNDING;
    return this.#looks <= FIRST || this.#looks % pace === 0;
  }

  state(): PlaceboState {
    const { units, bad } = this;
    return {
      rules: this.#fingerprint,
      units,
      bad,
      looks: this.#looks,
      last: this.#last,
      harm: [...this.#harm],
      harmless: [...this.#harmless],
      thinning: this.#thinning.word,
      block: this.#block.state(),
      span: this.#span?.state() ?? null,
    };
  }

  restore(state: PlaceboState): void {
    assertSameRules(this.#fingerprint, state);
    this.units = state.units;
    this.bad = state.bad;
    this.#looks = state.looks;
    this.#last = state.last;
    this.#since = Infinity;
    this.#harm = Float64Array.from(state.harm);
    this.#harmless = Float64Array.from(state.harmless);
    this.#thinning = new Thinning(state.thinning);
    this.#block.restore(state.block);
    this.#span = state.span === null ? null : ShardSpan.of(state.span, REST);
  }

  /** A step of the rollout gives the versions other shards, or other parts of the traffic: what they do is bet on anew, with what the bets have come to. */
  #spanOf(reading: ShardReading, share: number | null): ShardSpan {
    if (this.#span?.isOf(reading, share) === true) return this.#span;
    if (this.#span !== null) {
      this.#harm = sumOf(this.#harm, this.#harmOf(this.#span));
      this.#harmless = sumOf(this.#harmless, this.#harmlessOf(this.#span));
    }
    this.#block.drop();
    this.#span = new ShardSpan(reading, { share, rest: REST });
    return this.#span;
  }

  #evidence(span: ShardSpan): Look {
    return {
      harm: meanOf(sumOf(this.#harm, this.#harmOf(span))),
      harmless: meanOf(sumOf(this.#harmless, this.#harmlessOf(span))),
    };
  }

  #harmOf(span: ShardSpan): Float64Array {
    return span.evidence({ margin: this.#rules.margin, sign: 1 }, 'early or later');
  }

  /** Harmlessness is there from the first look on, or not at all. */
  #harmlessOf(span: ShardSpan): Float64Array {
    return span.evidence({ margin: this.#rules.promotion, sign: -1 }, 'early');
  }
}

function sumOf(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((log, bet) => log + (other[bet] ?? 0));
}

/** ln of the mean of what bets of equal stakes came to. */
function meanOf(bets: Float64Array): number {
  return logSum(bets) - Math.log(bets.length);
}
