import type { Launch } from '../../model/state.ts';
import type { RowFinding, ScenarioChoice } from '../../model/scenario.ts';
import { scenarioOf } from '../../scenario/scenario-steps.ts';
import { type Block, type Section, table, text } from '../document/document.ts';
import { nameOf } from '../event-line.ts';
import { utcTime } from '../iso-time.ts';
import { RECORD_WORDS } from '../record-words.ts';
import { type ReportInput, type Say, sayIn } from './report-input.ts';

/** The decision between the scenarios: what the table proposed and why, and what a person chose. null: the plan offers none. */
export function scenarioSection({ launch, language }: Pick<ReportInput, 'launch' | 'language'>): Section | null {
  const { scenario } = launch;
  if (scenario === null) return null;
  const say = sayIn(language);
  const { proposal, choice } = scenario;
  const heading = say('Scenario', 'Scénario');
  if (proposal === null) {
    const early = say('The gate is not done yet: nothing is decided.', "La gate n'est pas finie : rien n'est décidé.");
    return { heading, blocks: [text(early)] };
  }
  const proposed =
    proposal.scenario === null
      ? say('The table proposes nothing.', 'La table ne propose rien.')
      : say(`The table proposes ${proposal.scenario}.`, `La table propose ${proposal.scenario}.`);
  const open = say('Nobody has chosen yet.', "Personne n'a encore choisi.");
  const chosen = choice === null ? open : chosenText(launch, choice, say);
  return { heading, blocks: [text(chosen), text(proposed), ...rowsTable(proposal.rows, language)] };
}

function chosenText(launch: Launch, choice: ScenarioChoice, say: Say): string {
  const title = scenarioOf(launch.plan, choice.scenario)?.title ?? choice.scenario;
  const who = `${nameOf(choice.by)}, ${utcTime(choice.at)}`;
  const against = choice.override === true ? say(' Against the table.', ' Contre la table.') : '';
  const reason = choice.reason === '' ? '' : say(` Reason: ${choice.reason}`, ` Raison : ${choice.reason}`);
  const until =
    choice.until === undefined
      ? ''
      : say(` Nothing changes until ${utcTime(choice.until)}.`, ` Rien ne change jusqu'au ${utcTime(choice.until)}.`);
  return say(
    `Chosen: ${title} (${choice.scenario}), by ${who}.${against}${until}${reason}`,
    `Choisi : ${title} (${choice.scenario}), par ${who}.${against}${until}${reason}`,
  );
}

function rowsTable(rows: readonly RowFinding[], language: 'en' | 'fr'): readonly Block[] {
  if (rows.length === 0) return [];
  const say = sayIn(language);
  const { found } = RECORD_WORDS[language];
  const is = { true: say('true', 'vrai'), false: say('false', 'faux'), unknown: say('unknown', 'inconnu') } as const;
  const lines = rows.flatMap((row, index): readonly (readonly string[])[] => {
    const lead = [String(index + 1), row.scenario, is[row.is]];
    if (row.conditions.length === 0) return [[...lead, say('always', 'toujours'), '–', '–', '–']];
    return row.conditions.map((item) => [...lead, item.asked, item.found, item.expected, found[item.verdict]]);
  });
  const head = say(
    'Row|Scenario|Is|Asked|Found|Expected|State',
    'Ligne|Scénario|Vaut|Demandé|Trouvé|Attendu|État',
  ).split('|');
  return [table(head, lines)];
}
