import { shareSpent } from './burn-rate.ts';
import type { BurnAlert } from './burn-alert.ts';
import { budgetRatio, type Objective } from './objective.ts';

/** How few bad events are too few to call anybody. */
export interface LowTraffic {
  /** Bad events in the long window below which no alert fires, whatever their share is. */
  readonly minBad: number;
  /** Events of a whole period; null where nobody knows, and only `minBad` counts. */
  readonly eventsOfPeriod: number | null;
}

/** One failure of ten at night is chance, and so are two. */
export const LEAST_BAD = 3;

/**
 * Bad events that the long window must hold. A burn rate is a ratio, and at night a few events make any ratio. So they must also have
 * spent the alert's share of the period's budget in events: share × (1 - target) × events of the period, and be `minBad` at least.
 * With the same traffic all the time that is what the burn rate asks for already. The price: at night an outage is seen later
 * (the problem: Site Reliability Workbook, ch. 5, "Low-Traffic Services and Error Budget Alerting"; the rule is ours).
 * NaN where the traffic is no number.
 */
export function badNeeded(alert: BurnAlert, objective: Objective, { minBad, eventsOfPeriod }: LowTraffic): number {
  if (eventsOfPeriod === null) return minBad;
  if (!(eventsOfPeriod >= 0 && Number.isFinite(eventsOfPeriod))) return Number.NaN;
  const share = shareSpent(alert.burn, alert.longMs, objective.periodMs);
  return Math.max(minBad, share * budgetRatio(objective.target) * eventsOfPeriod);
}
