import type { Rehearsed } from '../report/rehearsed.ts';
import type { Scenario } from '../scenario/fault.ts';

/** What a hand is asked to rehearse. */
export interface Asked {
  readonly index: number;
  readonly scenario: Scenario;
}

/** What it gives back. */
export type Handed =
  | { readonly index: number; readonly ok: true; readonly rehearsed: Rehearsed }
  /** The engine itself failed. */
  | { readonly index: number; readonly ok: false; readonly error: unknown };
