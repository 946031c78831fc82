import { posix } from 'node:path';
import type { EvidenceItem } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { commitOf, knownCommitOf } from './commit-of.ts';
import type { Asking } from './git.ts';
import { git } from './git.ts';
import { isCommit } from './ref-key.ts';

/** Whether HEAD is this commit. */
export async function headItem(commit: string, asking: Asking): Promise<EvidenceItem> {
  refuseOther(commit);
  const found = await knownCommitOf('HEAD', asking);
  const verdict = found.startsWith(commit.toLowerCase()) ? 'pass' : 'fail';
  return { asked: 'commit at HEAD', found, expected: commit, verdict };
}

/** Whether a tag that matches the glob stands on the commit; on HEAD where none is named. */
export async function tagItem(glob: string, commit: string | undefined, asking: Asking): Promise<EvidenceItem> {
  const asked = commit === undefined ? 'tag on the commit' : `tag on ${commit}`;
  const hash = commit === undefined ? 'HEAD' : await namedCommit(commit, asking);
  if (hash === null) return { asked, found: 'no such commit in this repository', expected: glob, verdict: 'fail' };
  const { output, cut } = await git(['tag', '--points-at', hash], [0], asking);
  if (cut) throw new TerminalError('the commit has more tags than can be read');
  const tags = output.split('\n').filter((line) => line !== '');
  const matching = tags.filter((tag) => posix.matchesGlob(tag, glob));
  const found = (matching.length > 0 ? matching : tags).slice(0, 5).join(', ');
  const verdict = matching.length > 0 ? 'pass' : 'fail';
  return { asked, found: found === '' ? 'no tag' : found, expected: glob, verdict };
}

async function namedCommit(commit: string, asking: Asking): Promise<string | null> {
  refuseOther(commit);
  const hash = await commitOf(commit, asking);
  // A branch or a tag may bear a name of hexadecimal digits, and git prefers it to the hash.
  if (hash !== null && !hash.startsWith(commit.toLowerCase()))
    throw new TerminalError(`${commit} is also the name of a branch or a tag: write the whole hash`);
  return hash;
}

function refuseOther(commit: string): void {
  if (!isCommit(commit)) throw new TerminalError('commit is not a hash: write at least its first 7 digits');
}
