import { Option } from 'commander';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { lintLines } from '../lint/lint-lines.ts';
import { lintedOf } from '../lint/linted.ts';
import { sarifOf } from '../lint/sarif.ts';
import { withoutStandIn } from '../render/stand-in.ts';
import type { Session } from '../session.ts';
import { readPlan } from './read-plan.ts';

export function addLint(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('lint [file]', 'lint', lint)
    .option('--strict', words.strict)
    .addOption(new Option('--format <format>', words.lintFormat).choices(['text', 'sarif']).default('text'))
    .option('--artifact-version <version>', words.artifactVersion);
}

const options = z.object({ strict: z.boolean().default(false), format: z.enum(['text', 'sarif']) });

/** What is wrong with a plan, and in which way launches with it go wrong. */
async function lint(session: Session): Promise<ExitCode> {
  const { strict, format } = session.options(options);
  const plan = readPlan(session);
  const report = await withAnyServer(session, (api) => api.reportPlan(plan));
  const linted = lintedOf(withoutStandIn(report, plan, session.m), plan.file, strict);
  if (format === 'sarif') session.printJson(sarifOf(linted));
  else if (session.json) session.printJson(linted);
  else session.print(lintLines(linted, session.pen()));
  return linted.ok ? EXIT.ok : EXIT.usage;
}
