import type { AnalysisState } from './analysis.ts';

/** What a latency's thresholds are chosen by. A look holds what lay above them, so that they are not computed again. */
const NOT_EVIDENCE = 'past';

/** Whether a state that was kept has the evidence of this one, to the last digit. The order of its keys does not matter. */
export function hasSameEvidence(kept: unknown, state: AnalysisState): boolean {
  // What is not finite is null in JSON.
  return isSame(kept, JSON.parse(JSON.stringify(state)));
}

/** `computed` is of our own making: its depth is the bound. */
function isSame(kept: unknown, computed: unknown): boolean {
  if (typeof computed !== 'object' || computed === null) return kept === computed;
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept) !== Array.isArray(computed)) return false;
  const [held, own] = [fieldsOf(kept), fieldsOf(computed)];
  if (held.size !== own.size) return false;
  return [...own].every(([key, value]) => held.has(key) && isSame(held.get(key), value));
}

function fieldsOf(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).filter(([key]) => key !== NOT_EVIDENCE));
}
