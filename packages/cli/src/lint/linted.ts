import type { PlanReport, Problem, RedFlag } from '@slipway/contract';

/** What `lint` tells of a plan. */
export interface Linted {
  readonly file: string;
  readonly ok: boolean;
  /** What is wrong with the plan itself; what is a red flag stands there. */
  readonly problems: readonly Problem[];
  readonly redFlags: readonly RedFlag[];
}

/** `strict`: warnings count as well. */
export function lintedOf(report: PlanReport, file: string, strict: boolean): Linted {
  const { redFlags } = report;
  // Of a plan that is wrong there are no red flags: everything is told as a problem.
  const problems = report.problems.filter(({ code }) => code === undefined || !report.ok);
  const counting = [...problems, ...redFlags.filter(({ ignored }) => ignored === null)];
  const isBad = counting.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'));
  return { file, ok: report.ok && !isBad, problems, redFlags };
}
