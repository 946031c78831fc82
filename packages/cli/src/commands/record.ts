import { z } from 'zod';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { createRecordKey } from '../records/record-key.ts';
import { writeBundle } from '../records/write-bundle.ts';
import type { Session } from '../session.ts';

const path = z.string().min(1).max(4_000);
const keyOptions = z.object({ export: path.optional() });
const bundleOptions = z.object({ out: path });

export function addRecord(cli: Cli): void {
  const { options } = cli.m;
  const group = cli.group('record');
  const key = cli.groupIn(group, 'key', 'record key');
  cli
    .child(key, { usage: 'create', name: 'record key create', work: create })
    .option('--export <file>', options.exportKey);
  cli
    .child(group, { usage: 'bundle <launch>', name: 'record bundle', work: bundle })
    .requiredOption('--out <folder>', options.bundle);
}

async function create(session: Session): Promise<ExitCode> {
  const made = createRecordKey(session, session.options(keyOptions).export);
  if (session.json) session.printJson(made);
  else session.print([session.pen().clean(session.m.reports.keyMade(made.id, made.publicFile))]);
  return EXIT.ok;
}

async function bundle(session: Session): Promise<ExitCode> {
  const { out } = session.options(bundleOptions);
  const api = await connect(session);
  const written = await writeBundle(session, api, { launch: session.argument(0), out });
  if (session.json) session.printJson(written);
  else session.print([session.pen().clean(session.m.reports.bundled(written.folder, written.events, written.keyId))]);
  return EXIT.ok;
}
