import { type Json, type Launch, type ObserveWork, splitOf } from '@slipway/core';
import {
  Analysis,
  type AnalysisLook,
  type CumulativeReading,
  DEFAULT_DESIGN,
  type LookBasis,
  type MetricCounts,
  readSecond,
} from '@slipway/judge';
import type { EffectContext } from '../handler.ts';
import { analysisRules } from './analysis-rules.ts';
import { isAnalysisState, keptOf, plainJson, readingsFrom, stateBefore } from './comparison-state.ts';
import { cumulativeReading, metricCounts } from './cumulative-reading.ts';
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
  /** From which the next counts are taken. */
  #before: Readonly<Record<string, CumulativeReading>>;
  /** Looks that no event has yet. */
  #kept: readonly LookBasis[] = [];
  #last: AnalysisLook | null = null;
  /** Requests that met the new version since it is suspected. */
  #suspected = 0;

  /** null: nothing is compared. */
  static of(work: ObserveWork, context: EffectContext): Comparison | null {
    return work.judging.comparing === undefined ? null : new Comparison(work, context);
  }

  private constructor(work: ObserveWork, { launch, effect, note }: EffectContext) {
    const { comparing } = work.judging;
    if (comparing === undefined) throw new Error('nothing is compared here');
    const kept = keptOf(note);
    this.#work = work;
    this.#analysis = new Analysis(analysisRules(launch, work, comparing), work.oldVersion !== null, DEFAULT_DESIGN);
    this.#share = shareOf(launch, work);
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

  /** `elapsed`: milliseconds since this share was set. null: it is warming up. */
  lookAt(samples: Samples, elapsed: number): AnalysisLook | null {
    const counts = this.#countsOf(samples);
    if (elapsed < (this.#work.judging.comparing?.warmUp ?? 0)) return this.#last;
    const basis = this.#analysis.basisOf(counts, this.#share);
    this.#kept = [...this.#kept, basis];
    this.#last = this.#analysis.look(basis);
    this.#suspected = this.#last.decision === 'suspect' ? this.#suspected + newUnitsOf(basis) : 0;
    return this.#last;
  }

  #countsOf(samples: Samples): Readonly<Record<string, MetricCounts>> {
    const counts: Record<string, MetricCounts> = {};
    const from: Record<string, CumulativeReading> = { ...this.#before };
    const isCompared = this.#work.oldVersion !== null;
    for (const { metric, unit } of this.#work.judging.comparing?.metrics ?? []) {
      const sample = samples[metric];
      if (sample === undefined) continue;
      const before = from[metric];
      const reading = cumulativeReading(sample, { share: this.#share, isCompared, before });
      const { second, base } = readSecond(before ?? null, reading, LONGEST_GAP);
      if (base !== null) from[metric] = base;
      const counted = second.is === 'known' ? metricCounts(second, unit) : null;
      if (counted !== null) counts[metric] = counted;
    }
    this.#before = from;
    return counts;
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

  /** What a successor goes on from, with the looks since it was last written down. */
  get note(): Json {
    return plainJson({ state: this.#analysis.state(), before: this.#before, looks: this.#kept });
  }

  /** What the record keeps at the end, and the next share goes on from. */
  get result(): Json {
    return plainJson({ state: this.#analysis.state(), looks: this.#kept });
  }
}

/** In every basis the first number. */
function newUnitsOf({ metrics }: LookBasis): number {
  return Math.max(0, ...Object.values(metrics).map(([newUnits = 0]) => newUnits));
}

/** The new version's planned share of the requests; null where it has none of its own, or all. */
function shareOf(launch: Launch, work: ObserveWork): number | null {
  if (work.mirror !== undefined || work.oldVersion === null) return null;
  const weight = splitOf(launch, work.environment)?.[work.newVersion] ?? null;
  return weight === null || weight >= 100 ? null : weight / 100;
}
