import { createHash } from 'node:crypto';
import type { Language, PlanText } from '@slipway/contract';
import {
  canonicalJson,
  formatProblem,
  type ParseOptions,
  parsePlan,
  type Plan,
  type PlanLanguage,
  type Policy,
} from '@slipway/plan';
import { Refusal } from '../api/refusal.ts';

/** A plan to be read, and the policy that it must keep to. */
export interface PlanRequest extends PlanText {
  readonly rules?: Policy;
  /** The language of whoever reads what is said of it. Default: en. */
  readonly reader?: Language;
}

export interface ReadPlan {
  readonly plan: Plan;
  readonly planDigest: string;
}

/** A plan that may be launched, at `now` in epoch ms. Refuses with every problem at once. */
export function readPlan(language: PlanLanguage, request: PlanRequest, now?: number): ReadPlan {
  const parsed = parsePlan(request.text, {
    file: request.file,
    language,
    ...(now === undefined ? {} : { now }),
    ...givenOf(request),
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

/** What a plan is read with besides its text. */
export function givenOf(request: PlanRequest): Pick<ParseOptions, 'urgency' | 'files' | 'policy' | 'messages'> {
  const { urgency, files, rules, messages } = request;
  return {
    ...(messages === undefined ? {} : { messages }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(files === undefined ? {} : { files }),
    ...(rules === undefined ? {} : { policy: rules }),
  };
}
