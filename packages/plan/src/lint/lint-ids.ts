import { keyOfKind, stepsOf } from '../parse/draft.ts';
import type { Draft, DraftStep } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { positionOf, valueAt } from '../parse/source.ts';

/** Step ids and phase names are unique; every step has an id. */
export function lintIds(findings: Findings, draft: Draft): void {
  const seen = new Map<string, DraftStep>();
  for (const step of stepsOf(draft)) {
    if (step.id === null) {
      reportMissingId(findings, step);
      continue;
    }
    const first = seen.get(step.id);
    if (first === undefined) seen.set(step.id, step);
    else reportSameId(findings, step, first);
  }
  lintPhaseNames(findings, draft);
}

/** Where the id of a step comes from: its `id`, else the value of its kind. */
export function idPath(findings: Findings, step: DraftStep): Path {
  const own = [...step.path, 'id'];
  if (valueAt(findings.source, own) !== undefined || step.authored === null) return own;
  return [...step.path, keyOfKind(step.authored.kind)];
}

function reportMissingId(findings: Findings, step: DraftStep): void {
  if (step.authored === null) return;
  const message = 'no id can be made from this title: give the step an "id"';
  reportValue(findings, idPath(findings, step), { message });
}

function reportSameId(findings: Findings, step: DraftStep, first: DraftStep): void {
  const { line } = positionOf(findings.source, first.path, 'value');
  const message = `the step in line ${line} is called "${step.id}", too: give one of them another "id"`;
  reportValue(findings, idPath(findings, step), { message });
}

function lintPhaseNames(findings: Findings, draft: Draft): void {
  const seen = new Set<string>();
  for (const { path, name } of draft.phases) {
    if (seen.has(name))
      reportValue(findings, [...path, 'phase'], { message: `there is another phase "${name}" before it` });
    if (name !== '') seen.add(name);
  }
}
