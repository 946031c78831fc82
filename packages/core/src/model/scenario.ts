import type { Actor } from './actor.ts';
import type { Basis } from './event.ts';
import type { EvidenceItem } from './outcome.ts';

/** What a row of the decision table came to: true, false, or nobody can tell. */
export interface RowFinding {
  readonly scenario: string;
  readonly is: 'true' | 'false' | 'unknown';
  /** Of each of its conditions: what was compared with what. */
  readonly conditions: readonly EvidenceItem[];
}

/** What the decision table said at the end of the gate. */
export interface ScenarioProposal {
  /** The first row that is true; null: none is, or nobody can tell of one in front of it. */
  readonly scenario: string | null;
  /** Every row, in its order. */
  readonly rows: readonly RowFinding[];
  /** The facts of the gate that it was read from. */
  readonly basis: Basis;
}

/** A proposal with the event that made it. */
export interface StandingProposal extends ScenarioProposal {
  readonly made: Basis;
}

/** Which scenario somebody chose. */
export interface ScenarioChoice {
  readonly scenario: string;
  readonly by: Actor;
  readonly at: number;
  /** Empty: none was given. */
  readonly reason: string;
  /** What the table proposed; null: nothing. */
  readonly proposed: string | null;
  /** There where it is not what the table proposed. */
  readonly override?: true;
  /** Epoch ms up to which nothing changes, by what was known at the choice. Absent: things do. */
  readonly until?: number;
  /** Steps of a scenario that was left, which prove first that nothing has changed meanwhile. */
  readonly proving: readonly string[];
}

/** Where the decision between the scenarios stands. */
export interface ScenarioState {
  /** null: the gate is not done yet. */
  readonly proposal: StandingProposal | null;
  /** null: nobody has chosen yet, or the facts have changed since. */
  readonly choice: ScenarioChoice | null;
}
