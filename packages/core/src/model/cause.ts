import type { Wait } from './outcome.ts';
import type { Reasoned, Said, Verdict, VerdictDecision } from './verdict.ts';

interface Paging {
  /** There where the people on call are told, again and again until somebody acts. */
  readonly page?: true;
}

/** Why a launch does not go on. */
export type HoldCause =
  | { readonly kind: 'person'; readonly reason: string }
  | ({ readonly kind: 'step-failed'; readonly step: string } & Reasoned & Paging)
  | ({
      readonly kind: 'verdict';
      readonly step: string;
      readonly decision: VerdictDecision;
      /** There where a check during a soak could not be asked: the how many-th time, 1, 2, 3, … */
      readonly tick?: number;
    } & Said &
      Paging)
  | { readonly kind: 'unknown-outcome'; readonly step: string; readonly effect: string; readonly reason: string }
  /** The step waits for what another launch holds, which waits in a ring for what this one holds. */
  | { readonly kind: 'deadlock'; readonly step: string; readonly waits: readonly Wait[] }
  /** A freeze began while the step was changing production: finish, stay held, or roll back. Epoch ms. */
  | ({ readonly kind: 'freeze'; readonly step: string; readonly until: number } & Reasoned);

/** A hold of which the people on call are told. */
export type PagedCause = Extract<HoldCause, { readonly kind: 'step-failed' | 'verdict' }>;

/** Why a launch goes back. */
export type TurnBackCause =
  | { readonly kind: 'verdict'; readonly step: string; readonly verdict: Verdict }
  | ({ readonly kind: 'step-failed'; readonly step: string } & Reasoned)
  | ({ readonly kind: 'no-go'; readonly step: string } & Reasoned)
  | { readonly kind: 'abort'; readonly reason: string }
  | { readonly kind: 'rollback'; readonly reason: string };
