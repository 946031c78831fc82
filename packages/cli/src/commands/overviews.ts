import { resolve } from 'node:path';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import type { Cli } from '../cli.ts';
import { connect } from '../connection/connect.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { readCommitTimes } from '../records/read-commits.ts';
import { rangeOf } from '../records/release-range.ts';
import { isRepository } from '../records/run-git.ts';
import { sinceTime } from '../records/since-time.ts';
import { withDocumentOptions, writeDocument } from '../records/write-document.ts';
import type { Session } from '../session.ts';

const options = z.object({
  since: z.string().min(1).max(40),
  repository: z.string().min(1).max(4_000).default('.'),
});

/** Commit times of all launches together: what the server takes at once. */
const MOST_TIMES = 100_000;

export function addHotfixes(cli: Cli): void {
  withDocumentOptions(cli.verb('hotfixes', 'hotfixes', hotfixes), cli).option(
    '--since <when>',
    cli.m.options.since,
    '90d',
  );
}

export function addDora(cli: Cli): void {
  withDocumentOptions(cli.verb('dora', 'dora', dora), cli)
    .option('--since <when>', cli.m.options.since, '90d')
    .option('--repository <folder>', cli.m.options.repository);
}

async function hotfixes(session: Session): Promise<ExitCode> {
  const request = { since: since(session) };
  const api = await connect(session);
  return writeDocument(session, {
    markdown: () => api.overviewAsMarkdown('hotfixes', request),
    json: () => api.overview('hotfixes', request),
  });
}

async function dora(session: Session): Promise<ExitCode> {
  const from = since(session);
  const api = await connect(session);
  const request = { since: from, commits: await commitTimes(session, api, from) };
  return writeDocument(session, {
    markdown: () => api.overviewAsMarkdown('dora', request),
    json: () => api.overview('dora', request),
  });
}

function since(session: Session): number {
  const { since: text } = session.options(options);
  const at = sinceTime(text, session.context.now());
  if (at === null) throw new Failure('wrong-input', session.m.reports.badSince(text));
  return at;
}

/** When the commits of each deployment were made, as far as this repository knows them. */
async function commitTimes(session: Session, api: Api, from: number): Promise<Record<string, number[]>> {
  const { m, context } = session;
  const folder = resolve(context.cwd, session.options(options).repository);
  const { releases } = await api.releases();
  const deployed = releases.filter(({ inProductionAt }) => inProductionAt !== null && inProductionAt >= from);
  const times: Record<string, number[]> = {};
  if (!(await isRepository(folder))) {
    session.note(m.reports.leadTimes(0, deployed.length));
    return times;
  }
  let count = 0;
  for (const release of deployed) {
    const range = await rangeOf(folder, release);
    const found = range === null ? [] : await readCommitTimes(range, m);
    count += found.length;
    if (found.length > 0 && count <= MOST_TIMES) times[release.launch] = found;
  }
  session.note(m.reports.leadTimes(Object.keys(times).length, deployed.length));
  return times;
}
