import { createHash } from 'node:crypto';
import type { LaunchPolicy } from '@slipway/core';
import {
  canonicalJson,
  createPlanLanguage,
  formatProblem,
  parsePlan,
  parsePolicy,
  type Plan,
  type ProviderCatalogue,
  type TeamMessages,
  type Urgency,
} from '@slipway/plan';

/** A plan as a file has it, with what it is read with. */
export interface PlanSource {
  readonly text: string;
  /** How problems call the file. */
  readonly file: string;
  readonly artifactVersion?: string | undefined;
  readonly urgency?: Urgency | undefined;
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly policy?: { readonly text: string; readonly file: string } | undefined;
  /** The team's file of messages. */
  readonly messages?: TeamMessages | undefined;
}

export type ReadPlan =
  | { readonly ok: true; readonly plan: Plan; readonly policy: LaunchPolicy | null }
  /** One line each. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Stands for a version that is only given at start. */
const ANY_VERSION = '0.0.0';

/** Reads a plan and the policy that lies beside it; every problem at once. */
export function readPlan(source: PlanSource, catalogue: ProviderCatalogue): ReadPlan {
  const read = source.policy === undefined ? null : parsePolicy(source.policy.text, { file: source.policy.file });
  if (read?.ok === false) return { ok: false, problems: read.problems.map(formatProblem) };
  const rules = read?.policy;
  const { text, file, artifactVersion, urgency, files, messages } = source;
  const parsed = parsePlan(text, {
    file,
    language: createPlanLanguage(catalogue),
    ...(artifactVersion === undefined ? { standInVersion: ANY_VERSION } : { artifactVersion }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(files === undefined ? {} : { files }),
    ...(messages === undefined ? {} : { messages }),
    ...(rules === undefined ? {} : { policy: rules }),
  });
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map(formatProblem) };
  if (rules === undefined) return { ok: true, plan: parsed.plan, policy: null };
  const digest = createHash('sha256').update(canonicalJson(rules)).digest('hex');
  return { ok: true, plan: parsed.plan, policy: { digest, rules } };
}
