import type { Condition } from './judging.ts';

/** What a trigger does. */
export type TriggerDeed =
  | { readonly kind: 'rollback' | 'hold' | 'page' }
  /** Everybody gets the off variant, where the step is. */
  | { readonly kind: 'flag-off'; readonly flag: string }
  | { readonly kind: 'ticket'; readonly channel: string };

/** What is done as soon as a condition over metrics is true, besides what the judge says. */
export interface Trigger {
  readonly when: Condition;
  /** Milliseconds for which it must have been true at every look that could tell. */
  readonly for: number;
  readonly deed: TriggerDeed;
}
