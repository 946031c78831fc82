import type { Plan } from '../../model/plan.ts';
import type { SignoffStep } from '../../model/step.ts';
import { own } from '../../text/own.ts';
import type { Found, Looking } from '../rule.ts';
import { named } from '../texts.ts';

/** A sign-off that whoever starts the launch can give alone. */
export function loneApprover({ plan, steps, pathOf }: Looking): readonly Found[] {
  const signoffs = steps.filter((step): step is SignoffStep => step.kind === 'signoff');
  return signoffs.flatMap((step): readonly Found[] => {
    const [one, ...others] = approversOf(plan, step);
    if (needsTwo(step) || step.not?.includes(AUTHOR) === true || one === undefined) return [];
    // A second sign-off that somebody else gives is a second pair of eyes.
    if (others.length === 0 && signoffs.some((other) => needsOther(plan, other, one))) return [];
    return [others.length === 0 ? alone(pathOf(step, 'by'), step, one) : unguarded(pathOf(step, 'by'), step)];
  });
}

/** Who started the launch. */
const AUTHOR = 'author';

function alone(path: Found['path'], step: SignoffStep, person: string): Found {
  const said = {
    en: `${named(step)} takes one GO, and only ${person} can give it: who starts the launch may approve it alone`,
    fr: `${named(step)} demande un seul GO, que seul ${person} peut donner : qui lance peut approuver seul`,
  };
  return { code: 'SLW009', severity: 'warning', path, said };
}

function unguarded(path: Found['path'], step: SignoffStep): Found {
  const said = {
    en: `${named(step)} takes one GO, and nothing keeps who started the launch from giving it`,
    fr: `${named(step)} demande un seul GO, et rien n'empêche qui a lancé de le donner`,
  };
  return { code: 'SLW009', severity: 'info', path, said };
}

function needsTwo({ quorum, distinct }: SignoffStep): boolean {
  const counts = Object.values(quorum);
  return counts.some((count) => count > 1) || (distinct === true && counts.length > 1);
}

/** Who can give every GO that it takes, where one person can. */
function approversOf({ people, delegates }: Plan, { quorum }: SignoffStep): readonly string[] {
  const voters = Object.keys(quorum).map(
    (role) => new Set([...(own(people, role) ?? []), ...(own(delegates ?? {}, role) ?? [])]),
  );
  const [first = new Set<string>(), ...rest] = voters;
  return [...first].filter((person) => rest.every((others) => others.has(person)));
}

function needsOther(plan: Plan, step: SignoffStep, person: string): boolean {
  return needsTwo(step) || !approversOf(plan, step).includes(person);
}
