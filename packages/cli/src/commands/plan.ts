import type { PlanReport } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { renderMessages } from '../render/render-messages.ts';
import { renderPlan } from '../render/render-plan.ts';
import { withoutStandIn } from '../render/stand-in.ts';
import type { Session } from '../session.ts';
import { readPlan } from './read-plan.ts';
import { problemLines } from './validate.ts';
import { urgencyOption } from './urgency-option.ts';

export function addPlan(cli: Cli): void {
  cli
    .verb('plan [file]', 'plan', plan)
    .option('--artifact-version <version>', cli.m.options.artifactVersion)
    .addOption(urgencyOption(cli.m.options.urgency))
    .option('--messages', cli.m.options.messages);
}

const options = z.object({ messages: z.boolean().optional() });

async function plan(session: Session): Promise<ExitCode> {
  const text = readPlan(session);
  const report = await withAnyServer(session, (api) => api.reportPlan(text));
  if (session.json) session.printJson(report);
  else session.print(lines(session, withoutStandIn(report, text, session.m)));
  return report.ok ? EXIT.ok : EXIT.usage;
}

function lines(session: Session, report: PlanReport): string[] {
  if (!report.ok) return problemLines(session, report);
  const screen = session.screen();
  const messages = session.options(options).messages === true ? renderMessages(report, screen) : [];
  return [...problemLines(session, report), ...renderPlan(report, screen), ...messages];
}
