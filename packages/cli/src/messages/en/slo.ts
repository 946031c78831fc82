import type { AlertProblemKind, Loss, Refusal } from '@slipway/judge';

const problems: Readonly<Record<AlertProblemKind, string>> = {
  'not-an-alert': 'this is no alert: its burn rate or its windows are out of bounds',
  'longer-than-period': 'its window is longer than the period of the objective',
  'never-fires': 'it can never fire: even an outage of everything burns no faster',
  'within-budget': 'it fires while the objective still holds: the burn rate is below 1',
  'little-traffic': 'with so few events even an outage of everything brings too few bad ones in its window',
};

const refusals: Readonly<Record<Refusal, string>> = {
  'not-openslo': 'this is no OpenSLO document of version openslo/v1',
  'unknown-kind': 'OpenSLO has no such kind',
  'no-name': 'metadata.name is missing',
  'too-large': 'this is too large, or nested too deep',
  missing: 'this is missing',
  'wrong-type': 'this is of another type',
  'wrong-value': 'this value does not fit',
  'name-taken': 'another document of this kind has the same name',
  'unknown-reference': 'no document of the file has this name',
  timeslices: 'slices of time are not counted here: use the budgeting method Occurrences',
  'calendar-window': 'the period must be a rolling one, not of a calendar',
  'threshold-metric': 'a value against a threshold gives no events to count: give good (or bad) and total',
  'raw-ratio': 'a ratio that was divided already loses how many events it stands for: give good (or bad) and total',
  composite: 'an objective of several indicators with weights is not counted here',
  'one-expected': 'exactly one is expected here',
  'one-of-two': 'exactly one of the two ways to say this is expected',
  'not-above': 'an alert must ask for more than a burn rate, not for less',
  'not-in-minutes': 'OpenSLO counts in whole minutes',
};

const losses: Readonly<Record<Loss, string>> = {
  'not-kept': 'not used here',
  'kind-not-kept': 'not used here: the launch plan says who is told, and where',
  unused: 'no SLO of the file refers to it',
  'fixed-length': 'a month is taken as 30 days, a quarter as 90, a year as 365',
  'or-equal': 'taken as more than, not as more than or equal',
  'wait-not-kept': 'there is no waiting time here: the alert may come earlier by this much',
  'never-alerts': 'this policy never alerts when the budget burns, and is left out',
  'connection-not-kept': 'how to reach the data source is not read: it may hold secrets',
  'short-window-in-annotation': 'other readers see only the long window: the short one is in an annotation',
};

/** What is said of service level objectives. */
export const slo = {
  problems,
  refusals,
  losses,
  units: { day: 'd', hour: 'h', minute: 'min', second: 's' },
  rolling: (period: string) => `rolling ${period}`,
  good: (target: string) => `${target} good`,
  budget: (outage: string, perMillion: string) =>
    `error budget: ${outage} of full outage, or ${perMillion} bad events per million`,
  ofEvents: (bad: string, all: string) => `${bad} of ${all} events`,
  alertsFrom: { file: 'alerts:', classic: 'no alert in the file; the classic ones would be:' },
  noAlerts: 'no alert in the file, and the period is too short for the classic ones',
  columns: ['severity', 'burn above', 'windows', 'budget spent', 'all fails', '10 % fails', 'ends after', 'least bad'],
  never: 'never',
  noObjective: (file: string) => `${file} holds no SLO`,
  noYaml: (file: string) => `${file} is no YAML that can be read`,
  tooLarge: (file: string, most: number) => `${file} is larger than ${most} kB`,
};
