import { Command, CommanderError, Option } from 'commander';
import { Cli } from './cli.ts';
import { addAck } from './commands/ack.ts';
import { addAdvise } from './commands/advise.ts';
import { addCalendar } from './commands/calendar.ts';
import { addConfirm } from './commands/confirm.ts';
import { addCompletion } from './commands/completion.ts';
import { addDown } from './commands/down.ts';
import { addFlags } from './commands/flags.ts';
import { addInit } from './commands/init.ts';
import { addJudge } from './commands/judge.ts';
import { addKill } from './commands/kill.ts';
import { addLint } from './commands/lint.ts';
import { addList } from './commands/list.ts';
import { addStatus, addWatch } from './commands/look.ts';
import { addPlan } from './commands/plan.ts';
import { addDora, addHotfixes } from './commands/overviews.ts';
import { addRecord } from './commands/record.ts';
import { addReport } from './commands/report.ts';
import { addVerify } from './commands/verify.ts';
import { addSchema } from './commands/schema.ts';
import { addServe } from './commands/serve.ts';
import { addSlo } from './commands/slo.ts';
import { addChoose } from './commands/choose.ts';
import { addSlip } from './commands/slip.ts';
import { addSoak } from './commands/soak.ts';
import { addStart } from './commands/start.ts';
import {
  addAnswer,
  addOverrideWindow,
  addReasoned,
  addResume,
  addRetry,
  addSkip,
  addTask,
  addWaiver,
} from './commands/steer.ts';
import { addData } from './commands/data.ts';
import { addToken } from './commands/token.ts';
import { addValidate } from './commands/validate.ts';
import { addApprove, addCondition, addReject } from './commands/vote.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { addRehearse } from './rehearse/rehearse.ts';
import { Failure, reasonOf } from './failure.ts';
import { afterHelp } from './help/after-help.ts';
import { messagesFor } from './messages/messages-for.ts';
import type { Messages } from './messages/messages.ts';
import { hasUnicode, type Language, languageOf } from './terminal/capabilities.ts';
import { jsonText } from './terminal/json-text.ts';
import { plain, toAscii } from './terminal/text.ts';
import { usageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/** In the order in which a launch needs them: that is how the help lists them. */
const VERBS: readonly ((cli: Cli) => void)[] = [
  addInit,
  addAdvise,
  addValidate,
  addLint,
  addPlan,
  addRehearse,
  addCalendar,
  addSchema,
  addStart,
  addStatus,
  addWatch,
  addApprove,
  addChoose,
  addReject,
  addCondition,
  addConfirm,
  addTask,
  (cli) => addReasoned(cli, 'hold'),
  addAck,
  addResume,
  (cli) => addReasoned(cli, 'abort'),
  (cli) => addReasoned(cli, 'rollback'),
  addRetry,
  addSkip,
  addWaiver,
  addOverrideWindow,
  addSlip,
  addSoak,
  addAnswer,
  addReport,
  addRecord,
  addVerify,
  addHotfixes,
  addDora,
  addList,
  addFlags,
  (cli) => addKill(cli, 'kill'),
  (cli) => addKill(cli, 'unkill'),
  addServe,
  addDown,
  addToken,
  addData,
  addJudge,
  addSlo,
  addCompletion,
];

/** Runs what was typed; every failure is one line on the error stream, or one JSON document. Never throws. */
export async function run(argv: readonly string[], context: Context): Promise<ExitCode> {
  const m = messagesFor(chosenLanguage(argv) ?? languageOf(context.env));
  const cli = buildCli(context, m);
  try {
    await cli.program.parseAsync([...argv], { from: 'user' });
    return cli.exit;
  } catch (error) {
    return report(error, argv, { context, m });
  }
}

/** Every verb, ready to be parsed. */
export function buildCli(context: Context, m: Messages): Cli {
  const cli = new Cli(rootCommand(context, m), context, m);
  for (const add of VERBS) add(cli);
  return cli;
}

function rootCommand(context: Context, m: Messages): Command {
  return new Command('slipway')
    .description(m.verbs.slipway)
    .version(VERSION, '--version', m.options.version)
    .option('--json', m.options.json)
    .option('--server <url>', m.options.server)
    .option('--token-file <file>', m.options.tokenFile)
    .addOption(new Option('--lang <language>', m.options.lang).choices(['en', 'fr']))
    .helpOption('-h, --help', m.options.help)
    .helpCommand('help [command]', m.options.help)
    .showSuggestionAfterError(true)
    .addHelpText('after', afterHelp('slipway', m))
    .configureOutput({
      writeOut: (text) => context.output.write(text),
      writeErr: (text) => context.errors.write(text),
      // Its errors are said below, in the user's language.
      outputError: () => undefined,
    })
    .exitOverride();
}

/** Looked for before anything is built: help and errors are in it as well. */
function chosenLanguage(argv: readonly string[]): Language | null {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = at < 0 ? '' : (argv[at]?.split('=')[1] ?? argv[at + 1] ?? '');
  return word === 'en' || word === 'fr' ? word : null;
}

interface Place {
  readonly context: Context;
  readonly m: Messages;
}

function report(error: unknown, argv: readonly string[], { context, m }: Place): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  // A group without its verb: its help is on the error stream already.
  const isHelped = error instanceof CommanderError && error.code === 'commander.help';
  if (isHelped && !argv.includes('--json')) return EXIT.usage;
  const failure = failureOf(error, m);
  if (argv.includes('--json')) {
    const { code, message, details } = failure;
    context.output.write(`${jsonText({ error: { code, message, problems: details } })}\n`);
    return failure.exit;
  }
  const details = failure.details.filter((line) => line !== failure.message);
  for (const line of details) context.errors.write(`${safeLine(line, context)}\n`);
  context.errors.write(`slipway: ${safeLine(failure.message, context)}\n`);
  return failure.exit;
}

function failureOf(error: unknown, m: Messages): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof CommanderError) return usageError(error, m);
  return new Failure('internal', m.failures.unexpected(reasonOf(error)));
}

/** A server's message may quote a title or a command's output. The indent of a list stays. */
function safeLine(line: string, { env, platform }: Context): string {
  const safe = `${/^ */.exec(line)?.[0] ?? ''}${plain(line)}`;
  return hasUnicode(env, platform) ? safe : toAscii(safe);
}
