import type { Plan } from '@slipway/plan';

export const NEW = 'v2';
export const OLD = 'v1';

/** A plan, and the world it finds. */
export interface Scenario {
  readonly plan: Plan;
  /** The version that serves each environment before the launch; null: none does. */
  readonly before: Readonly<Record<string, string | null>>;
}
