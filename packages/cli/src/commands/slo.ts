import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { readDocuments } from '../slo/read-documents.ts';
import { sloLines } from '../slo/slo-lines.ts';
import { tellSlo } from '../slo/tell-slo.ts';

const options = z.object({
  events: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .optional(),
});

export function addSlo(cli: Cli): void {
  cli.verb('slo <file>', 'slo', slo).option('--events <count>', cli.m.options.events);
}

/** Tells what the objectives of an OpenSLO file mean. No server takes part, and nothing is measured. */
async function slo(session: Session): Promise<ExitCode> {
  const { events } = session.options(options);
  const file = session.argument(0);
  const told = tellSlo(readDocuments(session, file), events === undefined ? null : Number(events));
  if (told.levels.length === 0 && told.refused.length === 0) {
    throw new Failure('wrong-input', session.m.slo.noObjective(file));
  }
  if (session.json) session.printJson(told);
  else session.print(sloLines(told, session.pen()));
  return told.ok ? EXIT.ok : EXIT.usage;
}
