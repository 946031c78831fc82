import type { Draft, DraftStep } from '../parse/draft.ts';

/**
 * Step id to the ids that must be done before it. Default: the step before it in its phase. Whatever names no step of its
 * own phase waits for the whole phase before, so phases run one after the other.
 */
export function needsOf(draft: Draft): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, readonly string[]>();
  let phaseBefore: readonly string[] = [];
  for (const { steps } of draft.phases) {
    const ids = steps.flatMap((step) => (step.id === null ? [] : [step.id]));
    for (const [index, step] of steps.entries()) {
      if (step.id === null || needs.has(step.id)) continue;
      const named = namedNeeds(steps, index);
      const within = named.some((need) => ids.includes(need));
      needs.set(step.id, [...new Set(within ? named : [...phaseBefore, ...named])]);
    }
    phaseBefore = ids;
  }
  return needs;
}

function namedNeeds(steps: readonly DraftStep[], index: number): readonly string[] {
  const given = steps[index]?.authored?.step.needs;
  if (given !== undefined) return given;
  const before = steps[index - 1]?.id;
  return before === undefined || before === null ? [] : [before];
}
