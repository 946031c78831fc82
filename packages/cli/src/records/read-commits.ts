import { type CommitInfo, MOST_COMMITS } from '@slipway/contract';
import { Failure, reasonOf } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import { parseCommit } from './parse-commit.ts';
import { runGit } from './run-git.ts';

/** Commits after `from` up to `to`, both full names of commits. */
export interface CommitRange {
  readonly folder: string;
  readonly from: string;
  readonly to: string;
}

/** The commits of a release, newest first, merges left out: they say nothing that their commits do not. Throws Failure. */
export async function readCommits(range: CommitRange, m: Messages): Promise<CommitInfo[]> {
  const fields = (await log(range, '%H%n%ct%n%B', m)).split('\0').filter((text) => text.trim() !== '');
  return fields.map((text) => {
    const [hash = '', seconds = '', ...message] = text.split('\n');
    return parseCommit({ hash, at: Number(seconds) * 1_000, message: message.join('\n') });
  });
}

/** When the commits of a release were made, in epoch ms. Throws Failure. */
export async function readCommitTimes(range: CommitRange, m: Messages): Promise<number[]> {
  const fields = (await log(range, '%ct', m)).split('\0').filter((text) => text !== '');
  return fields.map((seconds) => Number(seconds) * 1_000);
}

/** One more than there may be is asked for, so that a cut list is never taken for a whole one. */
async function log({ folder, from, to }: CommitRange, format: string, { reports }: Messages): Promise<string> {
  const args = ['log', '-z', '--no-color', '--no-show-signature', '--no-merges', '--no-notes', '--encoding=UTF-8'];
  const most = `--max-count=${MOST_COMMITS + 1}`;
  const text = await runGit(folder, [
    ...args,
    most,
    `--format=${format}`,
    '--end-of-options',
    `${from}..${to}`,
    '--',
  ]).catch((error: unknown) => {
    throw new Failure('wrong-input', reports.gitFailed(reasonOf(error).slice(0, 500)));
  });
  if (text.split('\0').filter((each) => each !== '').length > MOST_COMMITS)
    throw new Failure('too-large', reports.tooManyCommits(MOST_COMMITS));
  return text;
}
