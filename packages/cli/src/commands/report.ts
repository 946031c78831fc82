import { type CommitInfo, reportKind, type ReportKind } from '@slipway/contract';
import { Option } from 'commander';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { commitsOf } from '../records/release-range.ts';
import { withDocumentOptions, writeDocument } from '../records/write-document.ts';
import type { Session } from '../session.ts';
import { chooseAny } from './choose-launch.ts';

const KINDS = ['report', ...reportKind.options] as const;
const options = z.object({ as: z.enum(KINDS) });

export function addReport(cli: Cli): void {
  const { options: words } = cli.m;
  withDocumentOptions(cli.verb('report [launch]', 'report', report), cli)
    .addOption(new Option('--as <document>', words.as).choices([...KINDS]).default('report'))
    .option('--from <ref>', words.from)
    .option('--to <ref>', words.to)
    .option('--repository <folder>', words.repository)
    .option('--launch <id>', words.launch);
}

async function report(session: Session): Promise<ExitCode> {
  const { as } = session.options(options);
  const api = await connect(session);
  const named = session.argument(0);
  const launch = named === '' ? await chooseAny(session, api) : named;
  if (as === 'report')
    return writeDocument(session, { markdown: () => api.recordAsMarkdown(launch), json: () => api.record(launch) });
  const commits = await commitsFor(session, api, { launch, as });
  return writeDocument(session, {
    markdown: () => api.reportAsMarkdown(launch, as, { commits }),
    json: () => api.report(launch, as, { commits }),
  });
}

/** Only two documents are made of commits. */
async function commitsFor(
  session: Session,
  api: Api,
  { launch, as }: { readonly launch: string; readonly as: ReportKind },
): Promise<CommitInfo[] | null> {
  return as === 'changelog' || as === 'release-notes' ? commitsOf(session, api, launch) : null;
}
