import type { AdviceNote, AdviceRule, AdvisedStrategy } from '../situation.ts';

/** What the texts and comments of a plan to begin with say. */
export interface FragmentWords {
  readonly fillIn: string;
  readonly title: string;
  readonly clean: string;
  readonly answers: string;
  readonly rehearse: string;
  readonly migrate: string;
  readonly noReturn: string;
  readonly confirm: string;
  readonly live: string;
  readonly there: string;
  readonly back: string;
}

/** Everything that is said of an advice in one language. */
export interface AdviceWords {
  readonly strategies: Readonly<Record<AdvisedStrategy, string>>;
  readonly rules: Readonly<Record<AdviceRule, string>>;
  readonly notes: Readonly<Record<AdviceNote, string>>;
  readonly fragment: FragmentWords;
}
