import type { FlagApplied, FlagFilesReport } from '@slipway/contract';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import type { FlagsApi } from '../api/flags-api.ts';
import type { Cli } from '../cli.ts';
import { connect, withAnyServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { askYes } from '../flags/ask-yes.ts';
import { readFlagFile } from '../flags/read-flag-file.ts';
import { flagAppliedLines } from '../render/flag-answers.ts';
import { problemLine } from '../render/problems.ts';
import type { Session } from '../session.ts';
import { flagReason, sendFlagCommand } from './flags-change.ts';

export function addFlagFiles(cli: Cli, group: Command): void {
  const { options } = cli.m;
  cli.child(group, { usage: 'validate <files...>', name: 'flags validate', work: validate });
  cli
    .child(group, { usage: 'apply <files...>', name: 'flags apply', work: apply })
    .requiredOption('--set <set>', options.set)
    .option('--create', options.create)
    .addOption(new Option('--bucketing <version>', options.bucketing).choices(['v2', 'v3']).default('v2'))
    .option('--dry-run', options.dryRun)
    .option('--reason <text>', options.flagReason);
  cli
    .child(group, { usage: 'define <set> <flag>', name: 'flags define', work: define })
    .requiredOption('--file <file>', options.flagFile)
    .option('--reason <text>', options.flagReason);
}

async function validate(session: Session): Promise<ExitCode> {
  const files = session.list(0).map((file) => readFlagFile(session, file));
  const report = await withAnyServer(session, (api) => api.flags.validate({ files }));
  if (session.json) session.printJson(report);
  else session.print(reportLines(session, report, files.length));
  return report.ok ? EXIT.ok : EXIT.usage;
}

function reportLines(session: Session, { problems, flags }: FlagFilesReport, files: number): string[] {
  const pen = session.pen();
  const { flags: words, plan } = session.m;
  const summary = problems.length === 0 ? words.valid(files, flags) : words.invalid(problems.length);
  return [...problems.map((each) => problemLine(each, plan)), summary].map((line) => pen.clean(line));
}

const applyOptions = z.object({
  set: z.string(),
  create: z.boolean().default(false),
  bucketing: z.enum(['v2', 'v3']),
  dryRun: z.boolean().default(false),
});

/** A dry run may speak of a set that would be made; a set is made only by who says so. */
async function apply(session: Session): Promise<ExitCode> {
  const { set, bucketing, dryRun, create } = session.options(applyOptions);
  const files = session.list(0).map((file) => readFlagFile(session, file));
  const { flags } = await connect(session);
  if (!create && !dryRun && !(await mayGoOn(session, flags, set))) {
    session.note(session.m.flags.notMade);
    return EXIT.left;
  }
  const reason = flagReason(session);
  const applied = await flags.apply(set, { files, reason, bucketing, dryRun, create: true });
  return tellApplied(session, applied);
}

/** Whether the set is there, or a person wants it made. */
async function mayGoOn(session: Session, flags: FlagsApi, set: string): Promise<boolean> {
  const { sets } = await flags.sets();
  if (sets.some((each) => each.set === set)) return true;
  const { flags: words } = session.m;
  if (session.context.input.isTTY !== true) throw new Failure('not-found', words.noSet(set));
  return askYes(session, words.askCreate(set));
}

function tellApplied(session: Session, applied: FlagApplied): ExitCode {
  if (session.json) session.printJson(applied);
  else session.print(flagAppliedLines(applied, session.pen()));
  return EXIT.ok;
}

const defineOptions = z.object({ file: z.string().min(1) });

async function define(session: Session): Promise<ExitCode> {
  const file = readFlagFile(session, session.options(defineOptions).file);
  const reason = flagReason(session);
  return sendFlagCommand(session, { type: 'define', flag: session.argument(1), ...file, reason });
}
