import { PROVIDER_WORDS } from './catalogue.ts';
import type { ProviderCatalogue, ProviderTable } from './catalogue.ts';
import { checkStep } from './steps/check-step.ts';
import type { STEP_SCHEMAS } from './steps/step-schemas.ts';
import { NAME } from './words.ts';

/** The authoring language with the providers that plans may name. */
export interface PlanLanguage {
  readonly catalogue: ProviderCatalogue;
}

/** Keys of a check step that are not a check's name. */
export const CHECK_KEYS: readonly string[] = Object.keys(checkStep.shape);

/** Kinds of step, in the order in which messages list them. */
export const STEP_KINDS: readonly Exclude<keyof typeof STEP_SCHEMAS, 'flag-rollout'>[] = [
  'check',
  'run',
  'deploy',
  'soak',
  'signoff',
  'task',
  'rollout',
  'announce',
  'wait',
];

/** The language over a catalogue. Throws where a provider's name cannot be a key of a plan: a mistake of whoever registers it. */
export function createPlanLanguage(catalogue: ProviderCatalogue): PlanLanguage {
  const tables = Object.keys(PROVIDER_WORDS) as ProviderTable[];
  for (const table of tables) {
    for (const name of Object.keys(catalogue[table])) refuseName(table, name);
  }
  return { catalogue };
}

function refuseName(table: ProviderTable, name: string): void {
  const word = PROVIDER_WORDS[table];
  if (!NAME.test(name)) throw new Error(`the ${word} "${name}" needs a name of lower-case words joined by hyphens`);
  const taken = [...CHECK_KEYS, ...STEP_KINDS];
  if (table === 'checks' && taken.includes(name))
    throw new Error(`the check "${name}" has the name of a key of a step`);
}
