import { type EventCounts, readWindow, type Silence, type WindowCounts } from './event-counts.ts';
import { reaches } from './limits.ts';
import { budgetRatio, type Objective } from './objective.ts';

/** The error budget of a period that has been counted. `no-data` is neither within nor exhausted: nobody knows. */
export type Budget =
  | { readonly state: 'no-data'; readonly why: Silence }
  | {
      readonly state: 'within' | 'exhausted';
      readonly counts: EventCounts;
      /** Events that may be bad: total × (1 - target). */
      readonly allowed: number;
      /** Bad events that are still allowed; below zero where more was spent than there is. */
      readonly left: number;
      /** bad / allowed; 1 where nothing is left. */
      readonly spentShare: number;
    };

/**
 * How much of the budget the events of the period have spent: bad / (total × (1 - target)), over the sums of the whole period.
 * Exhausted as soon as nothing is left (Site Reliability Workbook, app. B, "Error Budget Policy").
 * Throws RangeError where the target is none.
 */
export function budgetOf(objective: Objective, period: WindowCounts): Budget {
  const ratio = budgetRatio(objective.target);
  const reading = readWindow(period);
  if (reading.is === 'no-data') return { state: 'no-data', why: reading.why };
  const { counts } = reading;
  const allowed = counts.total * ratio;
  const state = reaches(counts.bad, allowed) ? 'exhausted' : 'within';
  return { state, counts, allowed, left: allowed - counts.bad, spentShare: counts.bad / allowed };
}

/** Milliseconds of full outage that spend the whole budget, with the traffic the same all the time: (1 - target) × period. */
export function outageBudgetMs(objective: Objective): number {
  return budgetRatio(objective.target) * objective.periodMs;
}

/** Of a million events, how many may be bad. */
export function badPerMillion(target: number): number {
  return budgetRatio(target) * 1_000_000;
}
