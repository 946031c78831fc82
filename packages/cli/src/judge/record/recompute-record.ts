import type { StoredEvent } from '@slipway/contract';
import {
  type AnalysisLook,
  type AnalysisState,
  type Decided,
  DEFAULT_DESIGN,
  type Discrepancy,
  plannedRules,
  Recomputation,
} from '@slipway/judge';
import { judgedEvent, type JudgedEvent } from './judged-event.ts';
import type { RecordedLooks, RecordedVerdict } from './recorded-looks.ts';
import { type RecordedPlan, type RecordedStage, stagesOf } from './recorded-plan.ts';
import { type Difference, verdictDifferences } from './verdict-differences.ts';

/** One watch of one share, computed again. */
export interface RecomputedShare {
  readonly step: string;
  /** Id of the effect that watched. */
  readonly effect: string;
  /** Per cent of traffic on the new version; null: a soak, or a step of a rollout by flag. */
  readonly weight: number | null;
  /** Looks of this share; those of a comparison are `last.looks`. */
  readonly looks: number;
  /** Milliseconds between looks. */
  readonly every: number;
  readonly decided: Decided | null;
  readonly last: AnalysisLook | null;
  /** As the record has it; null: it says none. */
  readonly verdict: RecordedVerdict['decision'] | null;
  readonly differences: readonly Difference[];
  readonly discrepancies: readonly Discrepancy[];
  /** To the last digit. */
  readonly same: boolean;
}

/** The events do not go together. */
export class TornRecord extends Error {
  readonly effect: string;

  constructor(effect: string) {
    super(`no share of the plan is watched by ${effect}`);
    this.name = 'TornRecord';
    this.effect = effect;
  }
}

/**
 * Every comparison of a launch's record, computed again from the counts in it and the rules in its plan: no figure of the record is gone on
 * from. Pure. Throws StrangeEvent or TornRecord.
 */
export function recomputeRecord(events: readonly StoredEvent[]): readonly RecomputedShare[] {
  const shares = new Shares();
  for (const event of events) {
    const judged = judgedEvent(event);
    if (judged !== null) shares.take(judged);
  }
  return shares.all.map(shareOf);
}

interface Share {
  readonly effect: string;
  readonly step: string;
  readonly move: number;
  readonly stage: RecordedStage;
  readonly computed: Recomputation;
  verdict: RecordedVerdict | null;
  /** Where this watch ended; null while it goes on. */
  end: AnalysisState | null;
}

class Shares {
  /** In the order in which they began. */
  readonly all: Share[] = [];
  /** In the order in which they ended. */
  readonly #ended: Share[] = [];
  #plan: RecordedPlan | null = null;

  take(event: JudgedEvent): void {
    switch (event.is) {
      case 'plan':
        this.#plan = event.plan;
        return;
      case 'note':
        return this.#add(this.#of(event.effect), event.kept);
      case 'verdict': {
        const share = this.#of(event.effect);
        this.#add(share, event.kept);
        share.verdict = event.verdict;
        share.end = share.computed.state;
        this.#ended.push(share);
      }
    }
  }

  #add({ computed }: Share, { looks, state }: RecordedLooks): void {
    computed.add({ looks, state });
  }

  #of(effect: string): Share {
    const known = this.all.find((share) => share.effect === effect);
    if (known !== undefined) return known;
    const [step = '', place = ''] = effect.split(':');
    const move = Number(place.split('.')[0]);
    const [stage, rules] = this.#stageOf(effect, { step, move });
    const { isCompared } = stage;
    const computed = new Recomputation({ rules, isCompared, design: DEFAULT_DESIGN }, this.#stateBefore(step));
    const share = { effect, step, move, stage, computed, verdict: null, end: null };
    this.all.push(share);
    return share;
  }

  /** Shares are watched one after the other, each by a move of its own: the n-th that is met is the n-th of the plan. */
  #stageOf(effect: string, { step, move }: { readonly step: string; readonly move: number }) {
    const plan = this.#plan;
    const earlier = this.all.filter((share) => share.step === step && share.move < move);
    const index = new Set(earlier.map((share) => share.move)).size;
    const stage = plan === null ? undefined : stagesOf(plan, step)[index];
    const comparing = stage?.judging.comparing;
    if (plan === null || stage === undefined || comparing === undefined) throw new TornRecord(effect);
    const queryOf = (metric: string): unknown =>
      Object.hasOwn(plan.metrics, metric) ? plan.metrics[metric]?.source.config : null;
    return [stage, plannedRules(comparing, stage.judging, queryOf)] as const;
  }

  /** Evidence goes on from the newest watch of the step; what failed is not gone on with. */
  #stateBefore(step: string): AnalysisState | null {
    const before = this.#ended.findLast((share) => share.step === step && share.verdict?.decision !== 'fail');
    return before?.end ?? null;
  }
}

function shareOf({ step, effect, stage, computed, verdict }: Share): RecomputedShare {
  const { looks, decided, last, discrepancies } = computed;
  const differences = verdict === null ? [] : verdictDifferences(verdict, last);
  return {
    step,
    effect,
    weight: stage.weight,
    looks,
    every: stage.judging.every,
    decided,
    last,
    verdict: verdict?.decision ?? null,
    differences,
    discrepancies,
    same: differences.length === 0 && discrepancies.length === 0,
  };
}
