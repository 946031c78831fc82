import {
  type AlertProblemKind,
  alertProblems,
  badNeeded,
  badPerMillion,
  type BurnAlert,
  classicAlerts,
  detectionMs,
  LEAST_BAD,
  type Objective,
  type OpenSloReading,
  outageBudgetMs,
  readOpenSlo,
  resetMs,
  type ServiceLevel,
  shareSpent,
} from '@slipway/judge';

/** What an alert means for its objective. Times in milliseconds; null where it never fires at such errors. */
export interface ToldAlert extends BurnAlert {
  /** Of the period's budget, spent in the long window at this burn rate; 0..1. */
  readonly budgetShare: number;
  /** Bad events that the long window must hold. */
  readonly badNeeded: number;
  /** From the first error to the alert, where everything fails. */
  readonly outageMs: number | null;
  /** The same where one in ten fails. */
  readonly tenthMs: number | null;
  /** From the end of an outage to the end of the alert. */
  readonly resetMs: number | null;
  readonly problem: AlertProblemKind | null;
}

export interface ToldObjective {
  readonly displayName: string | null;
  readonly target: number;
  readonly outageBudgetMs: number;
  readonly badPerMillion: number;
  /** Bad events that a period allows; null where its traffic is not given. */
  readonly allowedBad: number | null;
  readonly alerts: readonly ToldAlert[];
}

export interface ToldLevel {
  readonly name: string;
  readonly service: string;
  readonly periodMs: number;
  /** The classic table where the file has no alert of its own. */
  readonly alertsFrom: 'file' | 'classic';
  readonly objectives: readonly ToldObjective[];
}

/** All that is to be said of a file of objectives. */
export interface ToldSlo extends Pick<OpenSloReading, 'refused' | 'losses'> {
  /** Whether everything was taken, and each alert of the file can do its work. */
  readonly ok: boolean;
  readonly eventsOfPeriod: number | null;
  readonly levels: readonly ToldLevel[];
}

const ERRORS: readonly AlertProblemKind[] = ['not-an-alert', 'longer-than-period', 'never-fires'];

export function tellSlo(documents: readonly unknown[], eventsOfPeriod: number | null): ToldSlo {
  const { levels, refused, losses } = readOpenSlo(documents);
  const told = levels.map((level) => tellLevel(level, eventsOfPeriod));
  // An alert that we propose is nobody's mistake.
  const own = told.filter(({ alertsFrom }) => alertsFrom === 'file').flatMap(({ objectives }) => objectives);
  const problems = own.flatMap(({ alerts }) => alerts.flatMap(({ problem }) => problem ?? []));
  const ok = refused.length === 0 && !problems.some((problem) => ERRORS.includes(problem));
  return { ok, eventsOfPeriod, levels: told, refused, losses };
}

function tellLevel(
  { meta, service, periodMs, promises, alerts }: ServiceLevel,
  eventsOfPeriod: number | null,
): ToldLevel {
  const chosen = alerts.length > 0 ? alerts : classicAlerts(periodMs);
  const objectives = promises.map(({ displayName, target }) => {
    const objective = { target, periodMs };
    return {
      displayName,
      target,
      outageBudgetMs: outageBudgetMs(objective),
      badPerMillion: badPerMillion(target),
      allowedBad: eventsOfPeriod === null ? null : (badPerMillion(target) * eventsOfPeriod) / 1_000_000,
      alerts: tellAlerts(objective, chosen, eventsOfPeriod),
    };
  });
  return { name: meta.name, service, periodMs, alertsFrom: alerts.length > 0 ? 'file' : 'classic', objectives };
}

function tellAlerts(
  objective: Objective,
  alerts: readonly BurnAlert[],
  eventsOfPeriod: number | null,
): readonly ToldAlert[] {
  const traffic = { minBad: LEAST_BAD, eventsOfPeriod };
  const problems = new Map(alertProblems(objective, alerts, traffic).map(({ alert, kind }) => [alert, kind]));
  return alerts.map((alert, index) => {
    const { severity, burn, longMs, shortMs } = alert;
    return {
      severity,
      burn,
      longMs,
      shortMs,
      budgetShare: shareSpent(burn, longMs, objective.periodMs),
      badNeeded: badNeeded(alert, objective, traffic),
      outageMs: detectionMs(alert, objective.target, 1),
      tenthMs: detectionMs(alert, objective.target, 0.1),
      resetMs: resetMs(alert, objective.target, 1),
      problem: problems.get(index) ?? null,
    };
  });
}
