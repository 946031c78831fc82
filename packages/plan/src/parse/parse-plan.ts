import { lintPlan } from '../lint/lint-plan.ts';
import type { Urgency } from '../model/calendar.ts';
import type { Plan } from '../model/plan.ts';
import { lintPolicy } from '../policy/lint-policy.ts';
import { NO_POLICY, type Policy } from '../policy/policy.ts';
import { resolvePlan } from '../resolve/resolve-plan.ts';
import type { PlanLanguage } from '../schema/language.ts';
import { type Forecast, forecast } from '../timeline/forecast.ts';
import { type TeamMessages, withTeamMessages } from '../messages/read-team-messages.ts';
import { checkPlan } from './check-plan.ts';
import { type Draft, stepsOf } from './draft.ts';
import { type Findings, reportValue } from './findings.ts';
import { PLAN_LIMITS } from './limits.ts';
import { locate } from './locate.ts';
import { type Places, placesOf } from './places.ts';
import { sortProblems } from './problem.ts';
import type { Problem } from './problem.ts';
import { readFreezeFiles } from './read-freeze-files.ts';
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
  /** Given at start, in place of the urgency of the calendar. */
  readonly urgency?: Urgency;
  /** Text of the files that the plan names, by path as it names them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Epoch ms at which the launch would start: what does not fit into the calendar then is a warning. Absent: nobody asks. */
  readonly now?: number;
  /** What the plan must keep to. Left out: only what no plan may do is forbidden. */
  readonly policy?: Policy;
  /** What the team's plans share; what the plan says itself wins. */
  readonly messages?: TeamMessages;
}

export type ParseResult =
  | { readonly ok: true; readonly plan: Plan; readonly warnings: readonly Problem[]; readonly places: Places }
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
  const read = complete ? readPlan(findings, options) : null;
  const sorted = sortProblems(findings.problems);
  if (read === null || findings.errors > 0) return { ok: false, problems: sorted };
  return { ok: true, plan: read.plan, warnings: sorted, places: placesOf(findings.source, read.draft) };
}

interface Read {
  readonly plan: Plan;
  readonly draft: Draft;
}

function readPlan(findings: Findings, options: ParseOptions): Read | null {
  const variables = standInVariables(findings.source.value, options);
  const own = checkPlan({ findings, language: options.language, variables }, findings.source.value);
  if (own === null) return null;
  const { draft, problems, errors } = withTeamMessages(findings, own, options.messages);
  findings.problems.push(...problems.slice(0, PLAN_LIMITS.problems - findings.problems.length));
  findings.errors += errors;
  const artifact = resolveArtifact(findings, draft, options);
  lintPlan(findings, draft);
  if (artifact === null || findings.errors > 0) return null;
  const freezes = readFreezeFiles(findings, draft, options);
  const { urgency, now } = options;
  const plan = resolvePlan(draft, artifact, { freezes, ...(urgency === undefined ? {} : { urgency }) });
  if (plan === null) return null;
  lintPolicy(findings, draft, { plan, policy: options.policy ?? NO_POLICY });
  if (now !== undefined) warnOfCalendar(findings, draft, forecast(plan, now));
  return { plan, draft };
}

function warnOfCalendar(findings: Findings, draft: Draft, misfits: readonly Forecast[]): void {
  const paths = new Map(stepsOf(draft).map(({ id, path }) => [id, path]));
  for (const { step, message, expected } of misfits)
    reportValue(findings, paths.get(step) ?? ['calendar'], { message, expected, severity: 'warning', code: 'SLW013' });
}
