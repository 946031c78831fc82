import type { ProviderUse } from '../../model/provider-use.ts';
import type { Step } from '../../model/step.ts';
import { changesProduction } from '../about-step.ts';
import type { Found, Looking } from '../rule.ts';
import { named } from '../texts.ts';

/** How steps that prove a way back are called, by provider or by title. */
const REHEARSAL =
  /rehears|roll(?:ed|ing)?[ -]?back|way[ -]back|revert|undo|restor|r[ée]p[ée]tition|retour (?:en )?arri[èe]re|chemin de retour|restaur/i;

/** A way back of production that nothing in the plan has ever walked. */
export function neverRehearsed({ plan, steps, pathOf, before }: Looking): readonly Found[] {
  const first = steps.find((step) => changesProduction(plan, step));
  if (first === undefined || before(first).some(rehearses)) return [];
  const title = named(first);
  return [
    {
      code: 'SLW002',
      severity: 'warning',
      path: pathOf(first),
      said: {
        en: `no step before ${title} walks or checks the way back`,
        fr: `aucune étape avant ${title} ne parcourt ni ne vérifie le retour en arrière`,
      },
    },
  ];
}

/** A check of another launch's record counts for what it asks, whatever it is called. */
function asksForWayBack({ provider, config }: ProviderUse): boolean {
  return provider === 'launches' && typeof config === 'object' && config !== null && 'way-back' in config;
}

function rehearses(step: Step): boolean {
  if (step.kind === 'check')
    return REHEARSAL.test(step.check.provider) || REHEARSAL.test(step.title) || asksForWayBack(step.check);
  if (step.kind === 'run') return REHEARSAL.test(step.title) || REHEARSAL.test(step.command.argv.join(' '));
  return step.kind === 'task' && REHEARSAL.test(step.title);
}
