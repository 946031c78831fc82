import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CalendarAnswer } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { readPlan } from './read-plan.ts';
import { urgencyOption } from './urgency-option.ts';

const options = z.object({ at: z.string().max(30).optional(), output: z.string().min(1).optional() });

/** When steps of production may begin, by the calendar of a plan. */
export function addCalendar(cli: Cli): void {
  const { options: words } = cli.m;
  const group = cli.group('calendar');
  cli
    .child(group, { usage: 'check [file]', name: 'calendar check', work: check })
    .option('--at <time>', words.at)
    .addOption(urgencyOption(words.urgency))
    .option('--artifact-version <version>', words.artifactVersion);
  cli
    .child(group, { usage: 'export [file]', name: 'calendar export', work: exportIcs })
    .option('--output <file>', words.output)
    .option('--artifact-version <version>', words.artifactVersion);
}

async function check(session: Session): Promise<ExitCode> {
  const answer = await ask(session);
  if (session.json) {
    const { ics: _ics, ...told } = answer;
    session.printJson(told);
  } else session.print(lines(session, answer));
  return answer.allowed ? EXIT.ok : EXIT.refused;
}

function ask(session: Session): Promise<CalendarAnswer> {
  const { at } = session.options(options);
  const plan = readPlan(session);
  return withAnyServer(session, (api) => api.calendar({ ...plan, ...(at === undefined ? {} : { at }) }));
}

function lines(session: Session, { allowed, at, change, why, zone }: CalendarAnswer): string[] {
  const { calendar } = session.m;
  const pen = session.pen();
  const first = allowed ? calendar.allowed(at, zone) : calendar.closed(at, zone);
  const next = allowed ? calendar.closes(change) : calendar.opens(change);
  return [...pen.hang('', first, 'bold'), ...why.flatMap((reason) => pen.hang('  ', reason)), ...pen.hang('', next)];
}

async function exportIcs(session: Session): Promise<ExitCode> {
  const { output } = session.options(options);
  const { ics } = await ask(session);
  if (output === undefined) session.context.output.write(ics);
  else writeTo(session, output, ics);
  return EXIT.ok;
}

function writeTo(session: Session, file: string, text: string): void {
  try {
    writeFileSync(resolve(session.context.cwd, file), text);
  } catch (error) {
    throw new Failure('wrong-input', session.m.failures.unwritable(file, reasonOf(error)));
  }
}
