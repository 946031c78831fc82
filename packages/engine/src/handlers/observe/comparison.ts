import type { Json, Launch, ObserveWork } from '@slipway/core';
import {
  Analysis,
  type AnalysisLook,
  type CumulativeReading,
  DEFAULT_DESIGN,
  type KnownSecond,
  type LookBasis,
  type MetricCounts,
  readSecond,
  type Uncompared,
} from '@slipway/judge';
import type { JudgedMetric } from '@slipway/plan';
import type { EffectContext } from '../handler.ts';
import { askedShare } from './asked-share.ts';
import { analysisRules } from './analysis-rules.ts';
import { Coverage } from './coverage.ts';
import { isAnalysisState, keptOf, plainJson, readingsFrom, stateBefore } from './comparison-state.ts';
import { cumulativeReading, metricCounts } from './cumulative-reading.ts';
import { InstanceSlots } from './instance-slots.ts';
import type { Samples } from './window.ts';

/** Looks that are kept before they must be written down. */
const MOST_KEPT = 600;
/** Seconds that may lie between two readings, as of a server that died, for what was counted meanwhile to be used. */
const LONGEST_GAP = 600;

/** Compares the versions look by look, over all shares of a rollout and over deaths of this process. */
export class Comparison {
  readonly #work: ObserveWork;
  readonly #analysis: Analysis;
  readonly #share: number | null;
  readonly #coverage: Coverage;
  readonly #slots = new InstanceSlots();
  /** Whether the new version has all of the traffic. */
  readonly #isAlone: boolean;
  /** From which the next counts are taken. */
  #before: Readonly<Record<string, CumulativeReading>>;
  /** Looks that no event has yet. */
  #kept: readonly LookBasis[] = [];
  #last: AnalysisLook | null = null;
  /** Requests that met the new version since it is suspected. */
  #suspected = 0;

  /** `now`: running time. null: nothing is compared. */
  static of(work: ObserveWork, context: EffectContext, now: number): Comparison | null {
    return work.judging.comparing === undefined ? null : new Comparison(work, context, now);
  }

  private constructor(work: ObserveWork, { launch, effect, note }: EffectContext, now: number) {
    const { comparing, silence } = work.judging;
    if (comparing === undefined) throw new Error('nothing is compared here');
    const kept = keptOf(note);
    this.#work = work;
    this.#analysis = new Analysis(analysisRules(launch, work, comparing), work.oldVersion !== null, DEFAULT_DESIGN);
    const weight = weightOf(launch, work);
    this.#share = weight === null || weight >= 100 ? null : weight / 100;
    this.#isAlone = work.oldVersion === null || (weight !== null && weight >= 100);
    this.#coverage = new Coverage(
      comparing.metrics.map(({ metric }) => metric),
      { now, silence },
    );
    // What was counted while nobody was there is one block: it belongs to this share of the traffic as well.
    this.#before = readingsFrom(kept?.before ?? null);
    this.#goOn(kept?.state ?? stateBefore(launch, effect.id));
  }

  /** A state that cannot be gone on with costs its evidence, and nothing else: what begins anew keeps its promise. */
  #goOn(state: Json): void {
    if (!isAnalysisState(state)) return;
    try {
      this.#analysis.restore(state);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /** `elapsed`: milliseconds since this share was set; `now`: running time. null: it is warming up. */
  lookAt(samples: Samples, { elapsed, now }: { readonly elapsed: number; readonly now: number }): AnalysisLook | null {
    const counts = this.#countsOf(samples, now);
    if (elapsed < (this.#work.judging.comparing?.warmUp ?? 0)) return this.#last;
    const basis = this.#analysis.basisOf(counts, this.#isAlone ? 1 : this.#share);
    this.#kept = [...this.#kept, basis];
    this.#last = this.#analysis.look(basis);
    this.#suspected = this.#last.decision === 'suspect' ? this.#suspected + newUnitsOf(basis) : 0;
    return this.#last;
  }

  #countsOf(samples: Samples, now: number): Readonly<Record<string, MetricCounts>> {
    const counts: Record<string, MetricCounts> = {};
    const from: Record<string, CumulativeReading> = { ...this.#before };
    const isCompared = this.#work.oldVersion !== null;
    for (const judged of this.#work.judging.comparing?.metrics ?? []) {
      const { metric } = judged;
      const sample = samples[metric];
      if (sample === undefined) continue;
      const before = from[metric];
      const reading = cumulativeReading(sample, { share: this.#share, isCompared, before });
      const { second, base } = readSecond(before ?? null, reading, LONGEST_GAP);
      if (base !== null) from[metric] = base;
      const counted = second.is === 'known' ? this.#counted(second, judged) : null;
      if (sample.unread !== undefined && !this.#isAlone) this.#coverage.missed(metric, sample.unread);
      if (second.is !== 'known' || counted === null) continue;
      this.#coverage.saw(metric, second, now);
      counts[metric] = counted;
    }
    this.#before = from;
    return counts;
  }

  #counted(second: KnownSecond, { metric, unit, compare }: JudgedMetric): MetricCounts | null {
    const by = compare === undefined || this.#isAlone ? { unit } : { unit, compare };
    return metricCounts(second, by, (shards) => this.#slots.place(metric, shards));
  }

  /** The first metric that should be compared and is not. Where one version has all of the traffic there is nothing to compare. */
  uncompared(now: number): Uncompared | null {
    return this.#isAlone ? null : this.#coverage.uncompared(now);
  }

  /** Whether too many requests have met the version since it is suspected; a budget that the plan does not set is never spent. */
  get isExposureSpent(): boolean {
    const budget = this.#work.judging.comparing?.exposure ?? Infinity;
    return this.#last?.decision === 'suspect' && this.#suspected >= budget;
  }

  /** Looks that no event has yet. */
  get unwritten(): number {
    return this.#kept.length;
  }

  get mustBeWritten(): boolean {
    return this.#kept.length >= MOST_KEPT;
  }

  /** So many of the oldest looks are in an event now. */
  written(looks: number): void {
    this.#kept = this.#kept.slice(looks);
  }

  /** What a successor goes on from. */
  get note(): Json {
    return plainJson({ state: this.#analysis.state(), before: this.#before });
  }

  /** What the next share goes on from. */
  get result(): Json {
    return plainJson({ state: this.#analysis.state() });
  }

  /** For the record: what the looks since it was last written down rest on. */
  get record(): Json {
    return plainJson({ looks: this.#kept });
  }
}

/** In every basis the first number. */
function newUnitsOf({ metrics }: LookBasis): number {
  return Math.max(0, ...Object.values(metrics).map(([newUnits = 0]) => newUnits));
}

/** Per cent that the new version is to have; null where it gets copies, or nobody knows. */
function weightOf(launch: Launch, work: ObserveWork): number | null {
  if (work.mirror !== undefined || work.oldVersion === null) return null;
  return askedShare(launch, work);
}
