import { stepsOf } from '../parse/draft.ts';
import type { Draft, DraftStep } from '../parse/draft.ts';
import { isFull, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { valueAt } from '../parse/source.ts';
import { needsOf } from '../resolve/needs.ts';
import { cyclesOf } from './graph.ts';
import { unknownName } from './unknown-name.ts';

/** Steps wait for steps that exist, not for later phases, and not for each other in a circle. */
export function lintNeeds(findings: Findings, draft: Draft): void {
  const byId = new Map<string, DraftStep>();
  for (const step of stepsOf(draft)) if (step.id !== null && !byId.has(step.id)) byId.set(step.id, step);
  for (const step of stepsOf(draft)) {
    for (const [index, need] of (step.authored?.step.needs ?? []).entries()) {
      if (isFull(findings)) return;
      lintNeed(findings, { draft, byId, step, need, path: [...step.path, 'needs', index] });
    }
  }
  for (const cycle of cyclesOf(needsOf(draft))) reportCycle(findings, cycle, byId);
}

interface Need {
  readonly draft: Draft;
  readonly byId: ReadonlyMap<string, DraftStep>;
  readonly step: DraftStep;
  readonly need: string;
  readonly path: Path;
}

function lintNeed(findings: Findings, { draft, byId, step, need, path }: Need): void {
  const needed = byId.get(need);
  if (needed === undefined) {
    const names = [...byId.keys()];
    reportValue(findings, path, { message: unknownName(need, { word: 'step', section: 'phases', names }) });
  } else if (needed.phase > step.phase) {
    const phase = draft.phases[needed.phase]?.name ?? '';
    reportValue(findings, path, { message: `"${need}" is in the later phase "${phase}", which starts after this one` });
  }
}

function reportCycle(findings: Findings, cycle: readonly string[], byId: ReadonlyMap<string, DraftStep>): void {
  const steps = cycle.flatMap((id) => byId.get(id) ?? []);
  // A circle across phases is reported as a need of a later phase.
  if (new Set(steps.map((step) => step.phase)).size > 1) return;
  const [first] = steps;
  if (first === undefined) return;
  const needs = [...first.path, 'needs'];
  const path = valueAt(findings.source, needs) === undefined ? first.path : needs;
  const circle = [...cycle, cycle[0]].join(' -> ');
  reportValue(findings, path, { message: `these steps wait for each other: ${circle}` });
}
