import { type Draft, type DraftPhase, stepsOf, stepsOfKind } from '../parse/draft.ts';
import { type Findings, isFull, reportKey, reportValue } from '../parse/findings.ts';
import type { WrittenScenarios } from '../schema/scenarios.ts';
import { listWords } from '../text/list-words.ts';
import { lintScenarioTable } from './lint-scenario-table.ts';
import { AUTHOR } from './lint-signoffs.ts';
import { unknownName } from './unknown-name.ts';

/** Scenarios that are exclusive: each later phase is in one, each has an authority and something to do, and the table can propose. */
export function lintScenarios(findings: Findings, draft: Draft): void {
  const { scenarios } = draft;
  if (scenarios === null) return;
  if (scenarios === undefined) return lintDeciding(findings, draft, new Set());
  const after = draft.phases.findIndex(({ name, frozen }) => name === scenarios.after && frozen === undefined);
  const written = draft.phases.filter(({ frozen }) => frozen === undefined);
  if (after < 0) {
    const names = written.map(({ name }) => name);
    const message = unknownName(scenarios.after, { word: 'phase', section: 'phases', names });
    return reportValue(findings, ['scenarios', 'after'], { message });
  }
  const place: Place = { draft, scenarios, common: written.slice(0, after + 1), offered: written.slice(after + 1) };
  lintPhases(findings, place);
  for (const name of Object.keys(scenarios.offer)) lintScenario(findings, place, name);
  lintNeedsAcross(findings, place);
  lintDeciding(findings, draft, lintScenarioTable(findings, draft, { scenarios, common: place.common }));
}

interface Place {
  readonly draft: Draft;
  readonly scenarios: WrittenScenarios;
  readonly common: readonly DraftPhase[];
  readonly offered: readonly DraftPhase[];
}

/** A phase in no scenario would never run. */
function lintPhases(findings: Findings, { scenarios, offered }: Place): void {
  const named = new Set(Object.values(scenarios.offer).flatMap(({ phases }) => phases));
  for (const { path, name } of offered) {
    if (isFull(findings)) return;
    if (named.has(name)) continue;
    const message = `the phase "${name}" comes after "${scenarios.after}" and is in no scenario: it would never run`;
    reportValue(findings, [...path, 'phase'], { message, expected: '"phases" of a scenario that name it' });
  }
}

function lintScenario(findings: Findings, place: Place, name: string): void {
  const { scenarios, common, offered } = place;
  const scenario = scenarios.offer[name];
  if (scenario === undefined) return;
  const path = ['scenarios', 'offer', name];
  const { phases, unchanged } = scenario;
  const isFrozen = scenario.for !== undefined || scenario.until !== undefined;
  for (const [index, phase] of phases.entries()) {
    const at = [...path, 'phases', index];
    if (phases.indexOf(phase) !== index) reportValue(findings, at, { message: `"${phase}" is listed twice` });
    else if (common.some((each) => each.name === phase))
      reportValue(findings, at, { message: `"${phase}" comes before the decision: it runs whatever is chosen` });
    else if (!offered.some((each) => each.name === phase)) {
      const names = offered.map((each) => each.name);
      reportValue(findings, at, { message: unknownName(phase, { word: 'phase', section: 'phases', names }) });
    }
  }
  if (phases.length === 0 && !isFrozen && unchanged === undefined)
    reportKey(findings, path, {
      message: `the scenario "${name}" does nothing`,
      expected: '"phases", or a time in which nothing changes ("for" and "unchanged")',
    });
  if (isFrozen && unchanged === undefined)
    reportKey(findings, path, {
      message: `nothing proves at the end of "${name}" that nothing has changed`,
      expected: '"unchanged" with the checks that do',
    });
  lintAuthority(findings, place, name);
}

/** A role that nobody has is as good as no authority. */
function lintAuthority(findings: Findings, { draft, scenarios }: Place, name: string): void {
  const scenario = scenarios.offer[name];
  const { people } = draft;
  if (scenario === undefined || people === null) return;
  const path = ['scenarios', 'offer', name];
  const roles = Object.keys(people);
  const { authority, not = [] } = scenario;
  const before = findings.errors;
  for (const [index, role] of authority.entries())
    if (!roles.includes(role)) {
      const message = unknownName(role, { word: 'role', section: 'people', names: roles });
      reportValue(findings, [...path, 'authority', index], { message });
    }
  for (const [index, word] of not.entries())
    if (word !== AUTHOR && !roles.includes(word)) {
      const message = unknownName(word, { word: 'role', section: 'people', names: [...roles, AUTHOR] });
      reportValue(findings, [...path, 'not', index], { message });
    }
  if (findings.errors > before) return;
  const shutOut = new Set(not.flatMap((word) => people[word] ?? []));
  const able = authority.flatMap((role) => people[role] ?? []).filter((person) => !shutOut.has(person));
  if (able.length > 0) return;
  const message = `nobody may choose "${name}": "not" shuts out all who hold ${listWords(authority, 'or')}`;
  reportValue(findings, [...path, 'authority'], { message, expected: 'a role that others hold' });
}

/** Of a step that never runs nobody can wait for the end. */
function lintNeedsAcross(findings: Findings, { draft, scenarios }: Place): void {
  const offer = Object.entries(scenarios.offer);
  const inOf = (phase: number): readonly string[] => {
    const name = draft.phases[phase]?.name ?? '';
    return offer.filter(([, { phases }]) => phases.includes(name)).map(([scenario]) => scenario);
  };
  const phaseOf = new Map(stepsOf(draft).map(({ id, phase }) => [id, phase]));
  for (const { path, phase, authored } of stepsOf(draft)) {
    const own = inOf(phase);
    for (const [index, need] of (authored?.step.needs ?? []).entries()) {
      if (isFull(findings)) return;
      const needed = phaseOf.get(need);
      const there = needed === undefined ? [] : inOf(needed);
      if (there.length === 0 || own.every((scenario) => there.includes(scenario))) continue;
      const message = `"${need}" is in ${listWords(there, 'and')} only, and this step is in ${listWords(own, 'and')}`;
      reportValue(findings, [...path, 'needs', index], { message, expected: 'a step of the same scenarios' });
    }
  }
}

/** A no that nobody reads would pass in silence. */
function lintDeciding(findings: Findings, draft: Draft, read: ReadonlySet<string>): void {
  for (const { path, id, authored } of stepsOfKind(draft, 'check')) {
    if (isFull(findings)) return;
    if (authored.step.decides === undefined || id === null || read.has(id)) continue;
    const message = `the decision table does not read "${id}", so its no would count for nothing`;
    reportKey(findings, [...path, 'decides'], { message, expected: 'a row of "scenarios.choose" that reads it' });
  }
}
