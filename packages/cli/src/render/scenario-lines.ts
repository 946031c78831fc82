import type { LaunchView, PlanReport, ScenarioView } from '@slipway/contract';
import { dateAndTime, timeOfDay } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';

/** What the decision table proposes, on which facts, and what was chosen; nothing where the plan offers no scenarios. */
export function scenarioLines({ scenario, zone }: LaunchView, pen: Pen): string[] {
  if (scenario === undefined) return [];
  if (scenario.chosen !== null) return chosenLines(scenario.chosen, zone, pen);
  const { m } = pen;
  if (scenario.basis === null) return pen.hang('', m.scenarios.offered(names(scenario.offer)), 'dim');
  const proposed = scenario.proposed === null ? m.scenarios.nothingProposed : m.scenarios.proposed(scenario.proposed);
  return [
    ...pen.hang('', proposed, 'bold'),
    ...scenario.rows.flatMap((row) => {
      const found = row.conditions.map(({ asked, found: value, expected }) =>
        m.scenarios.compared(asked, value, expected),
      );
      const why = found.length === 0 ? m.scenarios.always : found.join('; ');
      return pen.hang(`${pen.symbols.activity} `, m.scenarios.row(row.scenario, m.scenarios.is[row.is], why), 'dim');
    }),
  ];
}

function chosenLines(chosen: NonNullable<ScenarioView['chosen']>, zone: string, pen: Pen): string[] {
  const { m } = pen;
  const { title, by, at, reason, override, until } = chosen;
  const text = pen.join(
    m.scenarios.chosen(title, by, timeOfDay(at, zone)),
    override ? m.scenarios.override : '',
    until === null ? '' : m.scenarios.until(dateAndTime(until, zone)),
    reason === '' ? '' : m.scenarios.reason(reason),
  );
  return pen.hang('', text, override ? 'yellow' : null);
}

/** The decision of a plan that has not started. */
export function planScenarioLines({ scenarios }: PlanReport, pen: Pen): string[] {
  if (scenarios === undefined) return [];
  const { m, symbols } = pen;
  return [
    '',
    ...pen.hang('', m.scenarios.decision(scenarios.after), 'bold'),
    ...scenarios.choose.flatMap(({ when, scenario }) =>
      pen.hang(`  ${symbols.activity} `, m.scenarios.proposes(when.join(', '), scenario)),
    ),
    ...scenarios.offer.flatMap(({ name, title, authority, reason, phases }) =>
      pen.hang(
        `  ${symbols.warning} `,
        pen.join(
          name === title ? name : `${name}: ${title}`,
          m.plan.who(authority.join(', ')),
          reason ? m.scenarios.needsReason : '',
          phases.join(', '),
        ),
      ),
    ),
  ];
}

const names = (offer: ScenarioView['offer']): string => offer.map(({ name }) => name).join(', ');
