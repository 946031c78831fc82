import { badNeeded, type LowTraffic } from './bad-needed.ts';
import { type BurnAlert, isAlert } from './burn-alert.ts';
import { canFire } from './detection.ts';
import { reaches } from './limits.ts';
import { type Objective, objectiveProblem } from './objective.ts';

/** What can be wrong with an alert. The first three are errors: it does not do what its author thinks. */
export type AlertProblemKind =
  | 'not-an-alert'
  | 'longer-than-period'
  | 'never-fires'
  | 'within-budget'
  | 'little-traffic';

export interface AlertProblem {
  readonly kind: AlertProblemKind;
  readonly severity: 'error' | 'warning';
  /** The alert's place in the list, from 0. */
  readonly alert: number;
}

/**
 * Everything that is wrong with the alerts of an objective, in their order.
 * `never-fires`: burn × (1 - target) is 1 or more, so that even an outage of everything stays below it
 * (Site Reliability Workbook, ch. 5, "Extreme Availability Goals"). `within-budget`: it fires while the objective holds.
 * `little-traffic`: with the mean traffic even an outage brings too few bad events. Throws RangeError where the objective is none.
 */
export function alertProblems(
  objective: Objective,
  alerts: readonly BurnAlert[],
  traffic: LowTraffic,
): readonly AlertProblem[] {
  const wrong = objectiveProblem(objective);
  if (wrong !== null) throw new RangeError(`no objective: its ${wrong} is out of bounds`);
  return alerts.flatMap((alert, index) => {
    const kind = problemOf(alert, objective, traffic);
    return kind === null ? [] : [{ kind, severity: SEVERITIES[kind], alert: index }];
  });
}

const SEVERITIES: Readonly<Record<AlertProblemKind, AlertProblem['severity']>> = {
  'not-an-alert': 'error',
  'longer-than-period': 'error',
  'never-fires': 'error',
  'within-budget': 'warning',
  'little-traffic': 'warning',
};

/** The worst one: the others would be said of an alert that has to be changed anyway. */
function problemOf(alert: BurnAlert, objective: Objective, traffic: LowTraffic): AlertProblemKind | null {
  if (!isAlert(alert)) return 'not-an-alert';
  if (alert.longMs > objective.periodMs) return 'longer-than-period';
  if (!canFire(alert, objective.target)) return 'never-fires';
  if (!hasEnoughTraffic(alert, objective, traffic)) return 'little-traffic';
  return alert.burn < 1 ? 'within-budget' : null;
}

function hasEnoughTraffic(alert: BurnAlert, objective: Objective, traffic: LowTraffic): boolean {
  if (traffic.eventsOfPeriod === null) return true;
  const events = (traffic.eventsOfPeriod * alert.longMs) / objective.periodMs;
  return reaches(events, badNeeded(alert, objective, traffic));
}
