import { type Authored, type Draft, keyOfKind } from '../parse/draft.ts';
import { type Findings, isFull, reportKey } from '../parse/findings.ts';

/** In a read-only phase no step changes anything. */
export function lintPhaseEffects(findings: Findings, draft: Draft): void {
  for (const { name, isReadOnly, steps } of draft.phases) {
    if (!isReadOnly) continue;
    for (const { path, authored } of steps) {
      if (isFull(findings)) return;
      if (authored === null || !isExecutive(authored)) continue;
      reportKey(findings, [...path, keyOfKind(authored.kind)], {
        message: `the phase "${name}" is read-only, and this step changes something`,
        expected: 'a phase with "effect: executive" for it',
      });
    }
  }
}

function isExecutive(authored: Authored): boolean {
  switch (authored.kind) {
    case 'deploy':
    case 'rollout':
    case 'flag-rollout':
      return true;
    case 'run':
      return authored.step.effect === 'executive';
    case 'check':
    case 'soak':
    case 'signoff':
    case 'task':
    case 'announce':
    case 'wait':
      return false;
  }
}
