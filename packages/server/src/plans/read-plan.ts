import { createHash } from 'node:crypto';
import type { PlanText } from '@slipway/contract';
import { canonicalJson, formatProblem, parsePlan, type Plan, type PlanLanguage } from '@slipway/plan';
import { Refusal } from '../api/refusal.ts';

export interface ReadPlan {
  readonly plan: Plan;
  readonly planDigest: string;
}

/** A plan that may be launched. Refuses with every problem at once. */
export function readPlan(language: PlanLanguage, request: PlanText): ReadPlan {
  const parsed = parsePlan(request.text, {
    file: request.file,
    language,
    ...(request.artifactVersion === undefined ? {} : { artifactVersion: request.artifactVersion }),
  });
  if (parsed.ok) return { plan: parsed.plan, planDigest: digestOf(parsed.plan) };
  const problems = parsed.problems.map(formatProblem);
  throw new Refusal(422, {
    code: 'wrong-input',
    message: `${request.file} cannot be launched: ${problems[0] ?? 'it is wrong'}`,
    problems,
  });
}

export function digestOf(plan: Plan): string {
  return createHash('sha256').update(canonicalJson(plan)).digest('hex');
}
