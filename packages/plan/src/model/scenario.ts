import type { WaitUntil } from './step.ts';

/** What one plan offers: of these exclusive ways to go on, a person chooses one once the gate is done. */
export interface Scenarios {
  /** The phase whose end is the decision: it and all before it are common to every scenario. */
  readonly after: string;
  /** The decision table: the first row that is true is what Slipway proposes. */
  readonly choose: readonly ScenarioRow[];
  /** By name. */
  readonly offer: Readonly<Record<string, Scenario>>;
}

/** One row of the decision table. */
export interface ScenarioRow {
  /** All of them must be true; none: always. */
  readonly when: readonly ScenarioCondition[];
  readonly scenario: string;
}

/** What a row asks of the facts of the gate. */
export type ScenarioCondition =
  /** `failed`: it could be asked, and the answer is no. */
  | { readonly kind: 'check'; readonly step: string; readonly is: 'passed' | 'failed' | 'waived' }
  | { readonly kind: 'signoff'; readonly step: string; readonly is: 'go' | 'waived' }
  /** What a task gave as its proof, or what a check found. */
  | ({ readonly kind: 'value'; readonly step: string } & ScenarioValue)
  /** Whether steps that change production may begin. */
  | { readonly kind: 'calendar'; readonly is: 'open' | 'closed' };

/** What a value must be; at least one bound is there. */
export interface ScenarioValue {
  /** Which of the findings of a check, as it names what it asked; absent: its only one. */
  readonly of?: string;
  readonly equals?: string | number;
  readonly above?: number;
  readonly below?: number;
}

/** One of the ways to go on. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Roles of which any holder may choose it. */
  readonly authority: readonly string[];
  /** Who may not choose it: `author` is who started the launch, every other word a role. Absent: nobody. */
  readonly not?: readonly string[];
  /** Phases that run when it is chosen, in the order of the plan; the one in which it ends included. */
  readonly phases: readonly string[];
  /** There where it is only chosen with a reason. */
  readonly reason?: 'required';
  /** There where nothing may change for as long as it lasts. */
  readonly frozen?: Frozen;
}

/** A time in which nothing changes, and what proves it at its end. */
export interface Frozen {
  readonly until: WaitUntil;
  /** Id of the step that waits for its end. */
  readonly wait: string;
  /** Ids of the checks at its end. */
  readonly unchanged: readonly string[];
}
