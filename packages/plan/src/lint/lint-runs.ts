import { stepsOfKind } from '../parse/draft.ts';
import type { AuthoredOf, Draft } from '../parse/draft.ts';
import { reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { checkTemplates } from '../parse/check-use.ts';
import type { PlanJson } from '../model/provider-use.ts';
import { valueAt } from '../parse/source.ts';

/** A command that changes the world says how it is taken back; one that only looks does not. */
export function lintRuns(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOfKind(draft, 'run')) {
    lintUndo(findings, path, authored.step);
    for (const key of ['command', 'env', 'directory', 'verify', 'undo']) lintCommandTemplates(findings, [...path, key]);
  }
}

function lintUndo(findings: Findings, path: Path, step: AuthoredOf<'run'>['step']): void {
  if (step.effect === 'executive' && step.undo === undefined) {
    const expected = 'undo: { command: [...] }, or undo: { none: "why there is no way back" }';
    reportValue(findings, [...path, 'undo'], { message: 'an executive command needs an "undo"', expected });
  }
  if (step.effect === 'read-only' && step.undo !== undefined) {
    const message = 'a read-only command changes nothing, so there is nothing to undo';
    reportKey(findings, [...path, 'undo'], { message, expected: 'effect: executive, or no undo' });
  }
}

function lintCommandTemplates(findings: Findings, path: Path): void {
  const value: PlanJson | undefined = valueAt(findings.source, path);
  if (value !== undefined) checkTemplates(findings, path, value);
}
