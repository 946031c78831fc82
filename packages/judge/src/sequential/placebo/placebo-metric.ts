import { assertSameRules, fingerprintOf } from '../kernel/fingerprint.ts';
import type { Margin } from '../kernel/growth.ts';
import { logSum } from '../kernel/log-sum.ts';
import { type Look, type MetricState, NO_EVIDENCE, type SequentialMetric } from '../metrics/metric.ts';
import { ShardBlock, type ShardBlockState } from './shard-block.ts';
import { type ShardReading, totalOf } from './shard-counts.ts';
import { ShardSpan, type ShardSpanState } from './shard-span.ts';
import { EARLY, Stakes, type StakesState } from './stakes.ts';
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
   * For who asks nothing but whether evidence of harm, ln of it, comes to so much: it is worked out where it could, elsewhere the look
   * before stands, and harmlessness is left out. Absent: everything is worked out.
   */
  readonly least?: number;
}

export interface PlaceboState extends MetricState {
  readonly bad: number;
  readonly looks: number;
  readonly last: Look;
  /** ln of what was staked in spans that are over has come to; null: nothing was. */
  readonly past: { readonly harm: number; readonly harmless: number } | null;
  readonly stakes: StakesState;
  /** Bet on the shards that are there. */
  readonly stake: number;
  /** Looks of this span, and the one at which the next start is. */
  readonly spanLooks: number;
  readonly nextStart: number;
  readonly thinning: number;
  readonly block: ShardBlockState;
  readonly span: ShardSpanState | null;
}

export interface ComparedShards {
  readonly new: number;
  readonly old: number;
  /** Part of all that is bet, 0..1. */
  readonly stake: number;
}

/** Looks of which none is left out: what is far worse is to be found at once. */
const FIRST = 60;
/** Looks for which a shard's bad units are one burst. */
const REST = 10;
/** What one bad unit adds to ln of any evidence at most; what is bad in an old shard only takes from it. */
const MOST_ADDED = Math.max(...TILTS);
const ROUNDING = 1e-6;
/** Harm may begin later: the next start is at this look of a span, and then after four times as many each time. */
const FIRST_LATER = 120;
const APART = 4;
const NOTHING = { harm: -Infinity, harmless: -Infinity };

/**
 * The share of bad units of the new version against the old one's, where bad ones come together: in pauses, in noise, in users. Every
 * subset of the shards that is as large as the new version's is a placebo, and the new version's evidence is what it has above
 * all of them: see subsetEvidence. At any look that was fixed before, it reaches 1/alpha with a chance of at most alpha, and nothing
 * is assumed of what shards have in common with themselves over time; that this holds for all looks together is exact where shards
 * forget, and was measured where they do not (docs/explanation/judge-figures).
 * Where shards come or go, what was found is kept and what they do from then on is bet on anew, with a part of the stake that had waited: the
 * parts are added, never multiplied, since a shard that is bad for good would count again in each.
 * With k of n shards it ends below the number of subsets, n over k: seven of each, or three new ones beside eighteen old ones, are the least.
 */
export class PlaceboMetric implements SequentialMetric<ShardReading, PlaceboState> {
  units = 0;
  bad = 0;
  readonly #fingerprint: string;
  readonly #rules: PlaceboRules;
  readonly #block = new ShardBlock();
  #thinning = new Thinning(0);
  #past = NOTHING;
  readonly #stakes = new Stakes();
  #stake = 0;
  #span: ShardSpan | null = null;
  #spanLooks = 0;
  #nextStart = FIRST_LATER;
  #looks = 0;
  #last: Look = NO_EVIDENCE;
  /** The new version's bad units since a look was worked out. */
  #since = 0;

  constructor(rules: PlaceboRules) {
    this.#fingerprint = fingerprintOf('placebo', rules, TILTS, BETS, [REST, EARLY, FIRST_LATER, APART]);
    this.#rules = rules;
  }

  /** `share`: the new version's planned share of the units, where it is known: with another one shards are of other sizes. */
  look(reading: ShardReading, share: number | null = null): Look {
    this.units += totalOf(reading.new.units);
    this.bad += totalOf(reading.new.bad);
    const span = this.#spanOf(reading);
    const block = this.#block.add(reading);
    if (block === null) return this.#last;
    this.#looks += 1;
    this.#spanLooks += 1;
    span.take(block, share, this.#thinning);
    // A part of a unit begins a burst, too.
    for (const bad of block.new.bad) this.#since += Math.ceil(bad);
    if (this.#isDue()) {
      this.#last = this.#evidence(span);
      this.#since = 0;
    }
    // After the evidence was taken: what is bet from here on must not have been seen.
    if (this.#spanLooks === this.#nextStart) {
      span.begin(this.#stakes.takeForLater());
      this.#nextStart *= APART;
    }
    return this.#last;
  }

  #isDue(): boolean {
    const { pace, least } = this.#rules;
    const isPaced = this.#looks <= FIRST || this.#looks % pace === 0;
    return isPaced && (least === undefined || this.#last.harm + MOST_ADDED * this.#since >= least - ROUNDING);
  }

  /** What the last look showed. */
  get last(): Look {
    return this.#last;
  }

  /** The shards that were last seen, and how much is bet on them; null: none were. */
  get compared(): ComparedShards | null {
    if (this.#span === null) return null;
    return { new: this.#span.newShards, old: this.#span.oldShards, stake: this.#stake };
  }

  state(): PlaceboState {
    const { units, bad } = this;
    return {
      rules: this.#fingerprint,
      units,
      bad,
      looks: this.#looks,
      last: this.#last,
      past: this.#past === NOTHING ? null : this.#past,
      stakes: this.#stakes.state(),
      stake: this.#stake,
      spanLooks: this.#spanLooks,
      nextStart: this.#nextStart,
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
    this.#past = state.past ?? NOTHING;
    this.#stakes.restore(state.stakes);
    this.#stake = state.stake;
    this.#spanLooks = state.spanLooks;
    this.#nextStart = state.nextStart;
    this.#thinning = new Thinning(state.thinning);
    this.#block.restore(state.block);
    this.#span = state.span === null ? null : ShardSpan.of(state.span, REST);
  }

  #spanOf(reading: ShardReading): ShardSpan {
    if (this.#span?.isOf(reading) === true) return this.#span;
    if (this.#span !== null) this.#past = this.#staked(this.#span);
    this.#span = new ShardSpan(reading, REST);
    this.#spanLooks = 0;
    this.#nextStart = FIRST_LATER;
    this.#block.drop();
    this.#stake = this.#stakes.takeForSpan();
    this.#span.begin(this.#stake);
    return this.#span;
  }

  #evidence(span: ShardSpan): Look {
    const { harm, harmless } = this.#staked(span);
    const left = Math.log(this.#stakes.left);
    return { harm: logSum([harm, left]), harmless: logSum([harmless, left]) };
  }

  /** ln of what all that was staked so far has come to. */
  #staked(span: ShardSpan): { harm: number; harmless: number } {
    const { margin, promotion, least } = this.#rules;
    const harm = logSum([this.#past.harm, span.evidence({ margin, sign: 1 })]);
    if (least !== undefined) return { harm, harmless: -Infinity };
    return { harm, harmless: logSum([this.#past.harmless, span.evidence({ margin: promotion, sign: -1 })]) };
  }
}
