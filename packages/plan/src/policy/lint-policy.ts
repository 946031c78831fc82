import type { Plan } from '../model/plan.ts';
import { type Draft, stepsOf } from '../parse/draft.ts';
import { reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import { checkPolicy } from './check-policy.ts';
import type { Policy } from './policy.ts';

/** Reports where a plan is looser than the policy, at the step or the person that makes it so. */
export function lintPolicy(findings: Findings, draft: Draft, { plan, policy }: { plan: Plan; policy: Policy }): void {
  const places = new Map(stepsOf(draft).map(({ id, path }) => [id, path]));
  for (const { step, path, message, expected } of checkPolicy(plan, policy)) {
    reportValue(findings, [...(step === null ? [] : (places.get(step) ?? [])), ...path], { message, expected });
  }
  const { secondPerson } = policy.waivers;
  if (secondPerson === null || Object.hasOwn(plan.people, secondPerson)) return;
  const message = `by the policy ${secondPerson} approves waivers, and nobody here holds that role: nothing can be waived`;
  reportValue(findings, ['people'], { message, severity: 'warning' });
}
