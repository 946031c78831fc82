import type { Flown } from '../run/flown.ts';
import { type DoneBy, doneBy } from './done-by.ts';
import { type ScenarioReport, scenarioReport } from './scenario-report.ts';

/** What is kept of a scenario: plain data, so that it may come from another thread. */
export interface Rehearsed {
  readonly report: ScenarioReport;
  readonly done: DoneBy;
}

export function rehearsedBy(flown: Flown): Rehearsed {
  return { report: scenarioReport(flown), done: doneBy(flown) };
}
