import type { PlanReport } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { renderMessages } from '../render/render-messages.ts';
import { problemLine } from '../render/problems.ts';
import { withoutStandIn } from '../render/stand-in.ts';
import { shortDigest } from '../render/short-digest.ts';
import type { Session } from '../session.ts';
import { readPlan } from './read-plan.ts';

export function addValidate(cli: Cli): void {
  cli
    .verb('validate [file]', 'validate', validate)
    .option('--artifact-version <version>', cli.m.options.artifactVersion)
    .option('--messages', cli.m.options.messages);
}

const options = z.object({ messages: z.boolean().optional() });

async function validate(session: Session): Promise<ExitCode> {
  const plan = readPlan(session);
  const report = await withAnyServer(session, (api) => api.reportPlan(plan));
  if (session.json) session.printJson(report);
  else {
    const shown = withoutStandIn(report, plan, session.m);
    const isAsked = report.ok && session.options(options).messages === true;
    const messages = isAsked ? renderMessages(shown, session.screen()) : [];
    session.print([...problemLines(session, shown), summary(session, shown, plan.file), ...messages]);
  }
  return report.ok ? EXIT.ok : EXIT.usage;
}

export function problemLines(session: Session, report: PlanReport): string[] {
  const pen = session.pen();
  return report.problems.map((problem) => pen.clean(problemLine(problem, session.m.plan)));
}

function summary(session: Session, report: PlanReport, file: string): string {
  const { m } = session;
  const pen = session.pen();
  const warnings = report.problems.filter((problem) => problem.severity === 'warning').length;
  if (!report.ok) return pen.clean(m.plan.invalid(file, report.problems.length - warnings, warnings));
  const about = report.digest === null ? m.plan.versionAtStart : m.plan.digest(shortDigest(report.digest));
  return pen.clean(m.plan.valid(file, warnings, about));
}
