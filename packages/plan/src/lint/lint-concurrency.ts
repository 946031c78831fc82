import { stepsOf } from '../parse/draft.ts';
import type { Authored, Draft, DraftStep } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import { positionOf } from '../parse/source.ts';
import { needsOf } from '../resolve/needs.ts';
import { allNeeds } from './graph.ts';

interface Touch {
  readonly step: DraftStep;
  readonly id: string;
  readonly environment: string;
  /** The flag of it that it ramps; null: it touches the environment as a whole. Versions and flags do not get in each other's way. */
  readonly flag: string | null;
  readonly changes: boolean;
}

/** Two steps that may run at the same time do not touch one environment, unless both only look. */
export function lintConcurrency(findings: Findings, draft: Draft): void {
  const before = allNeeds(needsOf(draft));
  const touches = stepsOf(draft).flatMap((step) => touchOf(step) ?? []);
  for (const [index, later] of touches.entries()) {
    const rival = touches.slice(0, index).find((earlier) => {
      const isSame = earlier.environment === later.environment && earlier.flag === later.flag;
      const shared = isSame && (earlier.changes || later.changes);
      const apart = before.get(later.id)?.has(earlier.id) || before.get(earlier.id)?.has(later.id);
      return shared && apart !== true && earlier.id !== later.id;
    });
    if (rival !== undefined) reportRivals(findings, rival, later);
  }
}

function touchOf(step: DraftStep): Touch | null {
  if (step.authored === null || step.id === null) return null;
  const { id, authored } = step;
  if (authored.kind === 'flag-rollout')
    return { step, id, environment: authored.step.rollout, flag: authored.step.flag, changes: true };
  const environment = environmentOf(step.authored);
  if (environment === null) return null;
  const looks =
    step.authored.kind === 'soak' || (step.authored.kind === 'run' && step.authored.step.effect === 'read-only');
  return { step, id, environment, flag: null, changes: !looks };
}

/** The environment that a step changes or watches; null where it touches none. */
function environmentOf(authored: Authored): string | null {
  switch (authored.kind) {
    case 'run':
      return authored.step.environment ?? null;
    case 'deploy':
      return authored.step.deploy;
    case 'soak':
      return authored.step.soak;
    case 'rollout':
      return authored.step.rollout;
    case 'flag-rollout':
    case 'check':
    case 'signoff':
    case 'task':
    case 'announce':
    case 'wait':
      return null;
  }
}

function reportRivals(findings: Findings, earlier: Touch, later: Touch): void {
  const { line } = positionOf(findings.source, earlier.step.path, 'value');
  const what =
    later.flag === null ? `touch "${later.environment}"` : `ramp the flag "${later.flag}" in "${later.environment}"`;
  const message = `"${later.id}" may run at the same time as "${earlier.id}" (line ${line}), and both ${what}`;
  reportValue(findings, later.step.path, { message, expected: `needs: [${earlier.id}]` });
}
