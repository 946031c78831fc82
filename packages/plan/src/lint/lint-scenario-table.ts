import type { ScenarioCondition, ScenarioRow } from '../model/scenario.ts';
import type { Draft, DraftPhase, DraftStep } from '../parse/draft.ts';
import { type Findings, isFull, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { conditionOf } from '../resolve/scenarios.ts';
import { conflictIn, hides, mayBothBeTrue } from '../scenarios/compare-conditions.ts';
import type { WrittenScenarios } from '../schema/scenarios.ts';
import { unknownName } from './unknown-name.ts';

interface Table {
  readonly scenarios: WrittenScenarios;
  readonly common: readonly DraftPhase[];
}

/** Rows that name what is there and can be reached. Tells the checks that the table reads. */
export function lintScenarioTable(findings: Findings, draft: Draft, table: Table): ReadonlySet<string> {
  const read = new Set<string>();
  const rows = table.scenarios.choose.map(({ when = [], scenario }): ScenarioRow => {
    return { when: when.map(conditionOf), scenario };
  });
  for (const [index, row] of rows.entries()) {
    const path = ['scenarios', 'choose', index];
    lintScenarioName(findings, table, { path, row });
    for (const [at, condition] of row.when.entries()) {
      if (isFull(findings)) return read;
      lintCondition(findings, { draft, common: table.common, condition, path: [...path, 'when', at] });
      if (condition.kind === 'check' || condition.kind === 'value') read.add(condition.step);
    }
    lintReach(findings, rows, index);
  }
  return read;
}

function lintScenarioName(
  findings: Findings,
  { scenarios }: Table,
  { path, row }: { readonly path: Path; readonly row: ScenarioRow },
): void {
  const names = Object.keys(scenarios.offer);
  if (names.includes(row.scenario)) return;
  const message = unknownName(row.scenario, { word: 'scenario', section: 'scenarios.offer', names });
  reportValue(findings, [...path, 'scenario'], { message });
}

/** The first true row wins: one behind it that adds nothing is never heard, and of two that may both be true the order decides. */
function lintReach(findings: Findings, rows: readonly ScenarioRow[], index: number): void {
  const row = rows[index];
  if (row === undefined) return;
  const path = ['scenarios', 'choose', index];
  const conflict = conflictIn(row);
  if (conflict !== null) {
    const message = `items ${conflict[0] + 1} and ${conflict[1] + 1} of "when" are never true together: this row is never reached`;
    return reportValue(findings, [...path, 'when', conflict[1]], { message });
  }
  const hiding = rows.slice(0, index).findIndex((earlier) => hides(earlier, row));
  if (hiding >= 0) {
    const message = `this row is never reached: row ${hiding + 1} is true whenever it is`;
    return reportValue(findings, path, { message, expected: 'a stricter row in front of it, or another order' });
  }
  const other = rows.slice(0, index).findIndex((earlier) => overlaps(earlier, row));
  if (other < 0) return;
  const message = `this row and row ${other + 1} may both be true, and propose different scenarios: the first one wins`;
  reportValue(findings, path, {
    message,
    expected: 'conditions that exclude each other, or a last row without "when"',
    severity: 'warning',
  });
}

/** A row without conditions is meant for all that is left. */
function overlaps(earlier: ScenarioRow, later: ScenarioRow): boolean {
  return later.when.length > 0 && earlier.scenario !== later.scenario && mayBothBeTrue(earlier, later);
}

interface Asked {
  readonly draft: Draft;
  readonly common: readonly DraftPhase[];
  readonly condition: ScenarioCondition;
  readonly path: Path;
}

function lintCondition(findings: Findings, { draft, common, condition, path }: Asked): void {
  if (condition.kind === 'calendar') {
    if (draft.calendar !== undefined) return;
    return reportKey(findings, [...path, 'calendar'], { message: 'the plan has no calendar that could be asked' });
  }
  const at = [...path, condition.kind];
  const steps = common.flatMap((phase) => phase.steps);
  const found = steps.find(({ id }) => id === condition.step);
  if (found === undefined) {
    const names = steps.flatMap(({ id }) => id ?? []);
    const message = `${unknownName(condition.step, { word: 'step', section: 'phases', names })} before the decision`;
    return reportValue(findings, at, { message });
  }
  const wrong = wrongStep(found, condition);
  if (wrong !== null) reportValue(findings, at, wrong);
  if (condition.kind === 'value') lintBounds(findings, path, condition);
}

function wrongStep(
  { authored }: DraftStep,
  condition: Exclude<ScenarioCondition, { kind: 'calendar' }>,
): { readonly message: string; readonly expected: string } | null {
  if (authored === null) return null;
  const { kind } = authored;
  const { step } = condition;
  if (condition.kind === 'value') {
    if (kind !== 'task' && kind !== 'check')
      return { message: `"${step}" is a ${kind} and gives no value`, expected: 'a task or a check' };
    if (kind === 'task' && condition.of !== undefined)
      return { message: `"${step}" is a task: its proof is its only value`, expected: 'no "of"' };
    return null;
  }
  if (kind !== condition.kind) return { message: `"${step}" is a ${kind}`, expected: `a ${condition.kind}` };
  if (authored.kind === 'check' && condition.is === 'failed' && authored.step.decides === undefined)
    return {
      message: `a no of "${step}" ends the gate: this is never true`,
      expected: '"decides: true" at that check',
    };
  return null;
}

function lintBounds(findings: Findings, path: Path, value: Extract<ScenarioCondition, { kind: 'value' }>): void {
  const { equals, above, below } = value;
  const isBound = above !== undefined || below !== undefined;
  const expected = 'either "equals", or "above" and "below"';
  if (equals === undefined && !isBound)
    reportValue(findings, path, { message: 'this condition asks nothing of the value', expected });
  else if (equals !== undefined && isBound)
    reportValue(findings, path, { message: 'this condition asks two things of the value', expected });
  else if (above !== undefined && below !== undefined && above >= below)
    reportValue(findings, [...path, 'below'], { message: `no number is above ${above} and below ${below}` });
}
