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

/** Programs whose alerts can pull a trigger. */
export const ALERT_SENDERS = ['alertmanager', 'pagerduty', 'standard', 'grafana'] as const;

export type AlertSender = (typeof ALERT_SENDERS)[number];

/** What is done once for every incident that an alert tells of. */
export interface HookTrigger {
  readonly from: AlertSender;
  /** Labels that the alert must have, all of them. Never empty. */
  readonly match: Readonly<Record<string, string>>;
  readonly deed: TriggerDeed;
}
