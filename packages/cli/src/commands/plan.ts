import type { PlanReport } from '@slipway/contract';
import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { renderPlan } from '../render/render-plan.ts';
import { withoutStandIn } from '../render/stand-in.ts';
import type { Session } from '../session.ts';
import { readPlan } from './read-plan.ts';
import { problemLines } from './validate.ts';

export function addPlan(cli: Cli): void {
  cli.verb('plan [file]', 'plan', plan).option('--artifact-version <version>', cli.m.options.artifactVersion);
}

async function plan(session: Session): Promise<ExitCode> {
  const text = readPlan(session);
  const report = await withAnyServer(session, (api) => api.reportPlan(text));
  if (session.json) session.printJson(report);
  else session.print(lines(session, withoutStandIn(report, text, session.m)));
  return report.ok ? EXIT.ok : EXIT.usage;
}

function lines(session: Session, report: PlanReport): string[] {
  return [...problemLines(session, report), ...(report.ok ? renderPlan(report, session.screen()) : [])];
}
