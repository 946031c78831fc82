import { LEAST_BAD } from './bad-needed.ts';
import { type Budget, budgetOf } from './budget.ts';
import type { BurnAlert } from './burn-alert.ts';
import type { WindowCounts } from './event-counts.ts';
import type { Objective } from './objective.ts';
import { weighAlert, type WeighedAlert } from './weigh-alert.ts';

/** What was counted of a service, up to one moment. */
export interface SloLook {
  /** The whole period. */
  readonly period: WindowCounts;
  /** By the length of the window in milliseconds; a window that is not there is unknown. */
  readonly windows: ReadonlyMap<number, WindowCounts>;
  readonly minBad?: number;
}

/** From worst to best. `no-data` where anything is unknown and nothing is worse. */
export type SloOverall = 'firing' | 'exhausted' | 'no-data' | 'too-few' | 'healthy';

export interface SloStanding {
  readonly overall: SloOverall;
  readonly budget: Budget;
  /** One an alert, in their order. */
  readonly alerts: readonly WeighedAlert[];
}

/** Where an objective stands. Throws RangeError where it or an alert is none. */
export function sloStanding(objective: Objective, alerts: readonly BurnAlert[], look: SloLook): SloStanding {
  const budget = budgetOf(objective, look.period);
  // Where the period is unknown the share in events is too, and `minBad` alone decides: it fires rather than not.
  const eventsOfPeriod = budget.state === 'no-data' ? null : budget.counts.total;
  const weighed = alerts.map((alert) =>
    weighAlert(alert, objective, {
      long: look.windows.get(alert.longMs) ?? null,
      short: look.windows.get(alert.shortMs) ?? null,
      minBad: look.minBad ?? LEAST_BAD,
      eventsOfPeriod,
    }),
  );
  return { overall: overallOf(budget, weighed), budget, alerts: weighed };
}

function overallOf(budget: Budget, alerts: readonly WeighedAlert[]): SloOverall {
  const states = new Set<string>(alerts.map(({ state }) => state));
  if (states.has('firing')) return 'firing';
  if (budget.state === 'exhausted') return 'exhausted';
  if (budget.state === 'no-data' || states.has('no-data')) return 'no-data';
  return states.has('too-few') ? 'too-few' : 'healthy';
}
