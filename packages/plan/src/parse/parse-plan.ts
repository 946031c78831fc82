import { lintPlan } from '../lint/lint-plan.ts';
import type { Plan } from '../model/plan.ts';
import { resolvePlan } from '../resolve/resolve-plan.ts';
import type { PlanLanguage } from '../schema/language.ts';
import { checkPlan } from './check-plan.ts';
import type { Findings } from './findings.ts';
import { locate } from './locate.ts';
import { sortProblems } from './problem.ts';
import type { Problem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { resolveArtifact, standInVariables } from './resolve-artifact.ts';

export interface ParseOptions {
  /** How problems call the file. */
  readonly file: string;
  readonly language: PlanLanguage;
  /** The version given at start, for a plan that names none. */
  readonly artifactVersion?: string;
  /** Takes the place of a version that is nowhere given: for validating and previews only, never to launch. */
  readonly standInVersion?: string;
}

export type ParseResult =
  | { readonly ok: true; readonly plan: Plan; readonly warnings: readonly Problem[] }
  /** Errors and warnings, in the order of the file. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a launch plan: syntax, form, meaning. Reports everything that is wrong at once, by line and column.
 * Pure and bounded (see PLAN_LIMITS); never throws on any text.
 */
export function parsePlan(text: string, options: ParseOptions): ParseResult {
  const yaml = readYaml(options.file, text);
  if (!yaml.ok) return yaml;
  const { findings, complete } = locate(options.file, text, yaml);
  // Past a limit the rest was not read: checking it would only report what is not there.
  const plan = complete ? readPlan(findings, options) : null;
  const sorted = sortProblems(findings.problems);
  if (plan === null || findings.errors > 0) return { ok: false, problems: sorted };
  return { ok: true, plan, warnings: sorted };
}

function readPlan(findings: Findings, options: ParseOptions): Plan | null {
  const variables = standInVariables(findings.source.value, options);
  const draft = checkPlan({ findings, language: options.language, variables }, findings.source.value);
  if (draft === null) return null;
  const artifact = resolveArtifact(findings, draft, options);
  lintPlan(findings, draft);
  if (artifact === null || findings.errors > 0) return null;
  return resolvePlan(draft, artifact);
}
