import type { Draft, DraftPhase, DraftStep } from '../parse/draft.ts';

/**
 * Step id to the ids that must be done before it. Default: the step before it in its phase. Whatever names no step of its
 * own phase waits for the whole phase before, so phases run one after the other.
 */
export function needsOf(draft: Draft): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, readonly string[]>();
  let phaseBefore: readonly string[] = [];
  for (const phase of draft.phases) {
    if (phase.frozen !== undefined) {
      addFrozen(needs, phase, { gate: gateOf(draft), phaseBefore });
      continue;
    }
    const { steps } = phase;
    const ids = idsOf(phase);
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

interface Before {
  readonly gate: readonly string[];
  readonly phaseBefore: readonly string[];
}

/** Its time runs from the moment of the choice; its checks come once that is over and all else is done. */
function addFrozen(needs: Map<string, readonly string[]>, { steps }: DraftPhase, { gate, phaseBefore }: Before): void {
  for (const [index, { id }] of steps.entries()) {
    if (id === null || needs.has(id)) continue;
    const before = index === 0 ? gate : [...(index === 1 ? phaseBefore : []), ...namedNeeds(steps, index)];
    needs.set(id, [...new Set(before)]);
  }
}

/** The steps of the phase whose end is the decision. */
function gateOf(draft: Draft): readonly string[] {
  const gate = draft.phases.find(({ name }) => name === draft.scenarios?.after);
  return gate === undefined ? [] : idsOf(gate);
}

function idsOf({ steps }: DraftPhase): readonly string[] {
  return steps.flatMap((step) => (step.id === null ? [] : [step.id]));
}

function namedNeeds(steps: readonly DraftStep[], index: number): readonly string[] {
  const given = steps[index]?.authored?.step.needs;
  if (given !== undefined) return given;
  const before = steps[index - 1]?.id;
  return before === undefined || before === null ? [] : [before];
}
