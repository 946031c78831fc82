import type { PlanJson } from '../model/provider-use.ts';
import { asMap } from './draft.ts';

/** Names of environments in which flags are ramped and no version is brought: there is nothing that a target would run. As written, whatever is wrong elsewhere. */
export function flagOnlyPlaces(phases: PlanJson | undefined): ReadonlySet<string> {
  const written = listOf(phases).flatMap((phase) => listOf(asMap(phase)?.['steps']));
  const steps = written.map((step) => asMap(step) ?? {});
  const ramped = steps.filter((step) => step['by'] === 'flag').map((step) => step['rollout']);
  const brought = steps.flatMap((step) => [step['deploy'], step['by'] === 'flag' ? undefined : step['rollout']]);
  return new Set(ramped.filter((name): name is string => typeof name === 'string' && !brought.includes(name)));
}

const listOf = (value: PlanJson | undefined): readonly PlanJson[] =>
  Array.isArray(value) ? (value as readonly PlanJson[]) : [];
