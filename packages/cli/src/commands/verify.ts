import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LaunchRecord, Verification } from '@slipway/contract';
import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { Failure, reasonOf } from '../failure.ts';
import { checkBundle } from '../records/check-bundle.ts';
import { chainProblem } from '../records/check-chain.ts';
import { parseRecord } from '../records/parse-record.ts';
import { readBundle } from '../records/read-bundle.ts';
import { readPublicKey } from '../records/record-key.ts';
import type { Session } from '../session.ts';

const options = z.object({ key: z.string().min(1).max(4_000).optional() });

export function addVerify(cli: Cli): void {
  cli.verb('verify <file>', 'verify', verify).option('--key <file>', cli.m.options.publicKey);
}

/** A file is a record, a folder a bundle. What was changed is a failure, not a usage error. */
async function verify(session: Session): Promise<ExitCode> {
  const path = resolve(session.context.cwd, session.argument(0));
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? verifyBundle(session, path) : verifyRecord(session);
}

/** Whether a record is whole. Nobody is asked: a server could say what it likes. */
function verifyRecord(session: Session): ExitCode {
  const record = readRecord(session, session.argument(0));
  const problem = chainProblem(record, session.m);
  const { launch, events } = record;
  const head = events.at(-1)?.hash ?? '';
  const found: Verification = { ok: problem === null, launch, events: events.length, head, problem };
  const { records } = session.m;
  if (session.json) session.printJson(found);
  else if (problem === null) session.print([session.pen().clean(records.whole(launch, events.length, head))]);
  else session.print([session.pen().clean(records.broken(problem))]);
  return found.ok ? EXIT.ok : EXIT.failure;
}

/** Signature and files first; then the chain, which names the place. */
function verifyBundle(session: Session, folder: string): ExitCode {
  const { m } = session;
  const { key } = session.options(options);
  if (key === undefined) throw new Failure('wrong-input', m.reports.needsKey);
  const { problems, record } = checkBundle(readBundle(folder, m), readPublicKey(session, key), m);
  const broken = record === null ? null : chainProblem(record, m);
  const all = [...problems, ...(broken === null ? [] : [broken])];
  const { launch = null, events = [] } = record ?? {};
  const head = events.at(-1)?.hash ?? null;
  const ok = record !== null && all.length === 0;
  if (session.json) session.printJson({ ok, launch, events: events.length, head, problems: all });
  else session.print(bundleLines(session, { launch, events: events.length, head, problems: all }));
  return ok ? EXIT.ok : EXIT.failure;
}

interface Found {
  readonly launch: string | null;
  readonly events: number;
  readonly head: string | null;
  readonly problems: readonly string[];
}

function bundleLines(session: Session, { launch, events, head, problems }: Found): readonly string[] {
  const pen = session.pen();
  const { reports } = session.m;
  if (problems.length === 0) return [pen.clean(reports.bundleWhole(launch ?? '', events, head ?? ''))];
  return [pen.clean(reports.bundleBroken), ...problems.map((problem) => `  ${pen.clean(problem)}`)];
}

function readRecord(session: Session, file: string): LaunchRecord {
  const { failures } = session.m;
  let text: string;
  try {
    text = readFileSync(resolve(session.context.cwd, file), 'utf8');
  } catch (error) {
    throw new Failure('wrong-input', failures.unreadable(file, reasonOf(error)));
  }
  const record = parseRecord(text);
  if (record === null) throw new Failure('wrong-input', failures.noRecord(file));
  return record;
}
