import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Api } from '../api/api.ts';
import { codeOf, Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { chainProblem } from './check-chain.ts';
import { keyId, sealEnvelope } from './dsse.ts';
import { readRecordKey } from './record-key.ts';
import { type BundleFile, ENVELOPE_FILE, statementOf } from './statement.ts';

export interface Bundle {
  readonly folder: string;
  readonly launch: string;
  readonly events: number;
  readonly keyId: string;
}

/** Writes a launch's evidence into a new folder and signs it. A record that is not whole is never signed. Throws Failure. */
export async function writeBundle(session: Session, api: Api, order: { launch: string; out: string }): Promise<Bundle> {
  const { context, m } = session;
  const key = readRecordKey(session);
  const folder = resolve(context.cwd, order.out);
  refuseFull(folder, session);
  // The report first: a launch may go on, and the record is then the longer one.
  const report = await api.report(order.launch, 'change-record', { format: 'json' });
  const markdown = await api.reportAsMarkdown(order.launch, 'change-record', {});
  const record = await api.record(order.launch);
  const last = record.events.at(-1);
  const problem = chainProblem(record, m);
  if (problem !== null || last === undefined) throw new Failure('conflict', m.reports.notSigned(problem ?? ''));
  const files: Readonly<Record<BundleFile, Uint8Array>> = {
    'record.json': Buffer.from(`${JSON.stringify(record)}\n`),
    'change-record.json': Buffer.from(`${JSON.stringify(report, null, 2)}\n`),
    'change-record.md': Buffer.from(markdown),
  };
  const predicate = {
    launch: record.launch,
    events: record.events.length,
    head: { seq: last.seq, hash: last.hash },
    signedAt: context.now(),
    figures: report.document.figures,
  };
  const payload = Buffer.from(JSON.stringify(statementOf(files, predicate)));
  const envelope = Buffer.from(`${JSON.stringify(sealEnvelope(payload, key), null, 2)}\n`);
  write(folder, { ...files, [ENVELOPE_FILE]: envelope }, session);
  return { folder: order.out, launch: record.launch, events: record.events.length, keyId: keyId(key) };
}

/** Nothing of an older bundle may stay beside the new one. */
function refuseFull(folder: string, { m }: Session): void {
  try {
    if (readdirSync(folder).length === 0) return;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw new Failure('wrong-input', m.failures.unwritable(folder, reasonOf(error)));
  }
  throw new Failure('wrong-input', m.reports.folderNotEmpty(folder));
}

function write(folder: string, files: Readonly<Record<string, Uint8Array>>, { m }: Session): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes, { flag: 'wx' });
  } catch (error) {
    throw new Failure('wrong-input', m.failures.unwritable(folder, reasonOf(error)));
  }
}
