import { z } from 'zod';
import type { PlanJson } from '../model/provider-use.ts';
import { name } from '../schema/words.ts';
import { phaseEffect } from '../schema/phase-effect.ts';
import { checkStep } from './check-step.ts';
import type { Checking } from './check-use.ts';
import { checkValue } from './check-value.ts';
import { asMap } from './draft.ts';
import type { DraftPhase, DraftStep } from './draft.ts';
import { reportValue } from './findings.ts';
import { PLAN_LIMITS } from './limits.ts';
import type { Path } from './path.ts';
import { stepId } from './step-id.ts';

const PHASE = z.strictObject({ phase: name(), effect: phaseEffect(), steps: z.array(z.unknown()).min(1) });
const PHASES = z.array(z.unknown()).min(1);

/** Checks the form of every phase and step. */
export function checkPhases(checking: Checking, value: PlanJson | undefined): readonly DraftPhase[] {
  checkValue(checking.findings, { path: ['phases'], value, schema: PHASES, quote: true });
  if (!isList(value)) return [];
  const phases: DraftPhase[] = [];
  let count = 0;
  for (const [index, phase] of value.entries()) {
    const path: Path = ['phases', index];
    checkValue(checking.findings, { path, value: phase, schema: PHASE, quote: true });
    const isReadOnly = asMap(phase)?.['effect'] === 'read-only';
    const steps = asMap(phase)?.['steps'];
    const listed = isList(steps) ? steps : [];
    count += listed.length;
    if (count > PLAN_LIMITS.steps) {
      const expected = `at most ${PLAN_LIMITS.steps}`;
      reportValue(checking.findings, [...path, 'steps'], {
        message: `the plan has more than ${PLAN_LIMITS.steps} steps`,
        expected,
      });
      break;
    }
    const named = asMap(phase)?.['phase'];
    phases.push({
      path,
      name: typeof named === 'string' ? named : '',
      isReadOnly,
      steps: listed.map((step, at) => draftStep(checking, { path: [...path, 'steps', at], phase: index, value: step })),
    });
  }
  return phases;
}

function draftStep(
  checking: Checking,
  { path, phase, value }: { readonly path: Path; readonly phase: number; readonly value: PlanJson },
): DraftStep {
  return { path, phase, id: stepId(asMap(value) ?? {}), authored: checkStep(checking, path, value) };
}

const isList = (value: PlanJson | undefined): value is readonly PlanJson[] => Array.isArray(value);
