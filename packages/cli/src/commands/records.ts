import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { launchRecord, type LaunchRecord } from '@slipway/contract';
import { Option } from 'commander';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { connect, withOwnServer } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { jsonText } from '../terminal/json-text.ts';
import { plainLines } from '../terminal/text.ts';
import { chooseAny } from './choose-launch.ts';

const reportOptions = z.object({
  format: z.enum(['markdown', 'json']),
  output: z.string().min(1).optional(),
});

export function addReport(cli: Cli): void {
  const { options: words } = cli.m;
  cli
    .verb('report', 'report', report)
    .addOption(new Option('--format <format>', words.format).choices(['markdown', 'json']).default('markdown'))
    .option('--output <file>', words.output)
    .option('--launch <id>', words.launch);
}

export function addVerify(cli: Cli): void {
  cli.verb('verify <file>', 'verify', verify);
}

async function report(session: Session): Promise<ExitCode> {
  const { format, output } = session.options(reportOptions);
  const api = await connect(session);
  const text = await reportText(api, await chooseAny(session, api), session.json ? 'json' : format);
  if (output === undefined) {
    const { output: stream } = session.context;
    // Titles and commands' outputs stand in it; in a file or a pipe it stays as it is.
    stream.write(stream.isTTY === true ? plainLines(text) : text);
    return EXIT.ok;
  }
  try {
    writeFileSync(resolve(session.context.cwd, output), text);
  } catch (error) {
    throw new Failure('wrong-input', session.m.failures.unwritable(output, reasonOf(error)));
  }
  session.note(session.m.done.written(output));
  return EXIT.ok;
}

async function reportText(api: Api, launch: string, format: 'markdown' | 'json'): Promise<string> {
  if (format === 'json') return `${jsonText(await api.record(launch))}\n`;
  const text = await api.recordAsMarkdown(launch);
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** Whether a record is whole; asked of no server but our own, as any other could say what it likes. A record that was changed is a failure, not a usage error. */
async function verify(session: Session): Promise<ExitCode> {
  const record = readRecord(session, session.argument(0));
  const found = await withOwnServer(session, (api) => api.verify(record));
  const { records } = session.m;
  if (session.json) session.printJson(found);
  else if (found.ok) session.print([session.pen().clean(records.whole(found.launch, found.events, found.head))]);
  else session.print([session.pen().clean(records.broken(found.problem ?? ''))]);
  return found.ok ? EXIT.ok : EXIT.failure;
}

function readRecord(session: Session, file: string): LaunchRecord {
  const { failures } = session.m;
  let text: string;
  try {
    text = readFileSync(resolve(session.context.cwd, file), 'utf8');
  } catch (error) {
    throw new Failure('wrong-input', failures.unreadable(file, reasonOf(error)));
  }
  try {
    return launchRecord.parse(JSON.parse(text));
  } catch {
    throw new Failure('wrong-input', failures.noRecord(file));
  }
}
