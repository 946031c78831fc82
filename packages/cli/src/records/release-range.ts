import { resolve } from 'node:path';
import type { CommitInfo, Release } from '@slipway/contract';
import { z } from 'zod';
import type { Api } from '../api/api.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';
import { type CommitRange, readCommits } from './read-commits.ts';
import { commitOf, isRepository, tagBefore } from './run-git.ts';

const options = z.object({
  repository: z.string().min(1).max(4_000).default('.'),
  from: z.string().min(1).max(300).optional(),
  to: z.string().min(1).max(300).optional(),
});

/** The commits of a launch's release; null, with a remark, where they cannot be known. Throws Failure where a name that was typed is wrong. */
export async function commitsOf(session: Session, api: Api, launch: string): Promise<CommitInfo[] | null> {
  const { reports } = session.m;
  const { repository, from, to } = session.options(options);
  const folder = resolve(session.context.cwd, repository);
  if (!(await isRepository(folder))) return unknown(session, reports.noRepository(folder));
  const release = await api.release(launch);
  const wanted = to ?? release.git;
  if (wanted === null) return unknown(session, reports.noRef);
  const tip = await commitOf(folder, wanted);
  if (tip === null) throw new Failure('not-found', reports.badRef(wanted));
  const previous = from ?? (await previousRef(folder, release, tip));
  if (previous === null) return unknown(session, reports.noPrevious(wanted));
  const base = await commitOf(folder, previous);
  if (base === null) throw new Failure('not-found', reports.badRef(previous));
  const commits = await readCommits({ folder, from: base, to: tip }, session.m);
  session.note(reports.commits(commits.length, previous, wanted));
  return commits;
}

/** The range of a release without a word typed; null: it is not known. */
export async function rangeOf(folder: string, release: Release): Promise<CommitRange | null> {
  const to = release.git === null ? null : await commitOf(folder, release.git);
  if (to === null) return null;
  const previous = await previousRef(folder, release, to);
  const from = previous === null ? null : await commitOf(folder, previous);
  return from === null ? null : { folder, from, to };
}

/** What the log names, else the same tag with the version before in it, else the newest tag in front. */
async function previousRef(folder: string, { git, version, ...before }: Release, tip: string): Promise<string | null> {
  const { previousGit, previousVersion } = before;
  const renamed =
    git?.includes(version) === true && previousVersion !== null ? git.replace(version, previousVersion) : null;
  for (const ref of [previousGit, renamed]) {
    const commit = ref === null || ref === git ? null : await commitOf(folder, ref);
    if (commit !== null && commit !== tip) return ref;
  }
  return tagBefore(folder, tip);
}

function unknown(session: Session, why: string): null {
  session.note(why);
  return null;
}
