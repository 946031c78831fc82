import type { Step } from '../../model/step.ts';
import { own } from '../../text/own.ts';
import { changesProduction } from '../about-step.ts';
import type { Found, Looking } from '../rule.ts';
import { named } from '../texts.ts';

/** Work of a role that nobody holds, a launch that nobody decides, and one of which nobody on call hears. */
export function noOwner(looking: Looking): readonly Found[] {
  const { plan, steps } = looking;
  if (!steps.some((step) => changesProduction(plan, step))) return emptyRoles(looking);
  return [...emptyRoles(looking), ...nobodyDecides(looking), ...nobodyOnCall(looking)];
}

function emptyRoles({ plan, steps, pathOf }: Looking): readonly Found[] {
  return steps.flatMap((step) =>
    rolesOf(step)
      .filter((role) => (own(plan.people, role)?.length ?? 0) === 0)
      .map((role): Found => {
        const said = {
          en: `${named(step)} is for ${role}, and nobody holds that role`,
          fr: `${named(step)} revient à ${role}, et personne ne tient ce rôle`,
        };
        return { code: 'SLW003', severity: 'error', path: pathOf(step), said };
      }),
  );
}

function rolesOf(step: Step): readonly string[] {
  if (step.kind === 'task') return [step.owner];
  return step.kind === 'signoff' ? Object.keys(step.quorum) : [];
}

function nobodyDecides({ steps }: Looking): readonly Found[] {
  if (steps.some((step) => rolesOf(step).length > 0)) return [];
  const said = {
    en: 'no step asks a person: nobody owns this launch',
    fr: "aucune étape ne demande à quelqu'un : ce lancement n'a pas de responsable",
  };
  return [{ code: 'SLW003', severity: 'warning', path: ['phases'], part: 'key', said }];
}

function nobodyOnCall({ plan }: Looking): readonly Found[] {
  if (plan.page !== undefined) return [];
  const said = {
    en: 'nobody is on call: the plan has no "page"',
    fr: "personne n'est d'astreinte : le plan n'a pas de « page »",
  };
  return [{ code: 'SLW003', severity: 'warning', path: ['people'], part: 'key', said }];
}
