import type { ScenarioRow } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { RowFinding, ScenarioProposal } from '../model/scenario.ts';
import type { Launch } from '../model/state.ts';
import { type Calendar, conditionFinding } from './condition-finding.ts';
import { gateBasis, isGateDone, lockedBy } from './scenario-steps.ts';

/**
 * What the decision table says of the facts of the gate: its first row that is true. A row that nobody can tell ends the search
 * without a proposal, for it may be the safer one; so does the end of the table.
 */
export function proposal(launch: Launch, calendar: Calendar): ScenarioProposal {
  const rows = (launch.plan.scenarios?.choose ?? []).map((row) => rowFinding(launch, row, calendar));
  const first = rows.find(({ is }) => is !== 'false');
  return { scenario: first?.is === 'true' ? first.scenario : null, rows, basis: gateBasis(launch) };
}

function rowFinding(launch: Launch, { when, scenario }: ScenarioRow, calendar: Calendar): RowFinding {
  const conditions = when.map((condition) => conditionFinding(launch, condition, calendar));
  const verdicts = conditions.map(({ verdict }) => verdict);
  const is = verdicts.includes('fail') ? 'false' : verdicts.includes('unknown') ? 'unknown' : 'true';
  return { scenario, is, conditions };
}

/**
 * Writes down what the table says once the gate is done: again where its facts have changed since, or, while nobody has chosen, what
 * the calendar says. A scenario that has begun to change something stays chosen.
 */
export function proposeScenario(launch: Launch, calendar: Calendar): readonly LaunchEvent[] | null {
  const { scenario } = launch;
  if (scenario === null || !isGateDone(launch) || lockedBy(launch) !== null) return null;
  const found = proposal(launch, calendar);
  const known = scenario.proposal;
  if (known !== null && known.basis.seq === found.basis.seq && (scenario.choice !== null || isSame(known, found)))
    return null;
  return [{ type: 'scenario-proposed', ...found }];
}

function isSame(one: ScenarioProposal, other: ScenarioProposal): boolean {
  const verdicts = ({ rows }: ScenarioProposal): string =>
    rows.map(({ conditions }) => conditions.map(({ verdict }) => verdict).join(' ')).join('; ');
  return verdicts(one) === verdicts(other);
}
