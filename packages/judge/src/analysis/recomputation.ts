import type { Design } from '../sequential/kernel/design.ts';
import { Analysis, type AnalysisLook, type AnalysisState, type LookBasis } from './analysis.ts';
import type { AnalysisRules } from './rules.ts';
import { hasSameEvidence } from './same-evidence.ts';

/** Looks as a record has them, with the state that was kept after the last one. */
export interface KeptLooks {
  readonly looks: readonly LookBasis[];
  /** As it was read: nothing is gone on from it. */
  readonly state: unknown;
}

/**
 * Why what was kept is not what is computed. `looks-missing`: there were more of them before. `looks-differ`: what was written down twice
 * is not the same twice. `other-judge`: the state is of other rules, or of a judge with other constants. `state-differs`: the same
 * looks give another state.
 */
export type Discrepancy = 'looks-missing' | 'looks-differ' | 'other-judge' | 'state-differs';

/** When it decided. A failure ends a watch; an early end is only allowed from there on. */
export interface Decided {
  /** From 1, of those since this share was set. */
  readonly look: number;
  readonly decision: 'fail' | 'promote';
}

/** Computes one share of a rollout again from the looks that were kept of it. */
export class Recomputation {
  readonly #analysis: Analysis;
  /** Of this share. */
  readonly #taken: LookBasis[] = [];
  /** Looks of the shares before. */
  readonly #before: number;
  readonly #discrepancies: Discrepancy[] = [];
  #decided: Decided | null = null;
  #last: AnalysisLook | null = null;

  /** `from`: where the share before ended, computed here; null: there was none, or its evidence does not count. */
  constructor(analysis: { rules: AnalysisRules; isCompared: boolean; design: Design }, from: AnalysisState | null) {
    this.#analysis = new Analysis(analysis.rules, analysis.isCompared, analysis.design);
    if (from !== null) restored(this.#analysis, from);
    this.#before = this.#analysis.state().looks;
  }

  /** Takes what was written down next. Some of it may have been before, where nobody knew that it was stored. */
  add({ looks, state }: KeptLooks): void {
    const known = this.#knownOf(looks, state);
    for (const look of looks.slice(known)) this.#take(look);
    const own = this.#analysis.state();
    const kept = fieldOf(state, 'rules');
    if (kept !== own.rules) this.#discrepancies.push('other-judge');
    else if (!hasSameEvidence(state, own)) this.#discrepancies.push('state-differs');
  }

  /** How many of these looks were taken already. */
  #knownOf(looks: readonly LookBasis[], state: unknown): number {
    const kept = fieldOf(state, 'looks');
    const begin = typeof kept === 'number' ? kept - this.#before - looks.length : Number.NaN;
    const known = this.#taken.length - begin;
    // A state that cannot stand behind these looks is told of where it is compared.
    if (!Number.isInteger(begin) || begin < 0 || known > looks.length) return 0;
    if (known < 0) {
      this.#discrepancies.push('looks-missing');
      return 0;
    }
    const again = this.#taken.slice(begin);
    if (JSON.stringify(again) !== JSON.stringify(looks.slice(0, known))) this.#discrepancies.push('looks-differ');
    return known;
  }

  #take(look: LookBasis): void {
    this.#taken.push(look);
    const last = this.#analysis.look(look);
    this.#last = last;
    const isNews = last.decision === 'fail' ? this.#decided?.decision !== 'fail' : this.#decided === null;
    if (isNews && (last.decision === 'fail' || last.decision === 'promote'))
      this.#decided = { look: this.#taken.length, decision: last.decision };
  }

  /** Looks of this share. */
  get looks(): number {
    return this.#taken.length;
  }

  get decided(): Decided | null {
    return this.#decided;
  }

  /** null: there was no look. */
  get last(): AnalysisLook | null {
    return this.#last;
  }

  get discrepancies(): readonly Discrepancy[] {
    return [...new Set(this.#discrepancies)];
  }

  /** What the next share goes on from. */
  get state(): AnalysisState {
    return this.#analysis.state();
  }
}

/** A share that is judged by other rules begins anew, as it did then. */
function restored(analysis: Analysis, from: AnalysisState): void {
  try {
    analysis.restore(from);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function fieldOf(value: unknown, key: 'rules' | 'looks'): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : null;
}
