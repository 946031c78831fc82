import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Asking } from './git.ts';
import { git } from './git.ts';
import { isRef } from './ref-key.ts';

const REMOTE_BRANCHES = 'refs/remotes/';

/** Fetches one branch of a remote, named like `origin/main`. Nothing else changes: no tag, no other branch, no FETCH_HEAD. */
export async function fetchBranch(ref: string, asking: Asking): Promise<void> {
  if (!isRef(ref)) throw new TerminalError('up-to-date-with is not the name of a branch: write it like origin/main');
  const { remote, branch } = await splitRef(ref, asking);
  const options = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--no-auto-maintenance'];
  const refspec = `+refs/heads/${branch}:${REMOTE_BRANCHES}${remote}/${branch}`;
  const { code, output } = await git(['fetch', ...options, '--end-of-options', remote, refspec], [0, 1, 128], asking);
  if (code === 0) return;
  // Its own words are not repeated: they may hold the remote's URL, and that a password.
  if (output.includes("couldn't find remote ref"))
    throw new TerminalError(`the remote ${remote} has no branch ${branch}: mend up-to-date-with`);
  throw new RetryableError(`${ref} could not be fetched: try "git fetch ${remote}" by hand`);
}

async function splitRef(ref: string, asking: Asking): Promise<{ readonly remote: string; readonly branch: string }> {
  const { output } = await git(['remote'], [0], asking);
  const name = ref.startsWith(REMOTE_BRANCHES) ? ref.slice(REMOTE_BRANCHES.length) : ref;
  // A remote's name may hold a slash: the longest one that fits is meant.
  const remotes = output.split('\n').filter((remote) => remote !== '' && name.startsWith(`${remote}/`));
  const remote = remotes.toSorted((a, b) => b.length - a.length)[0];
  if (remote === undefined)
    throw new TerminalError(`${ref} is no branch of a remote of this repository: write it like origin/main`);
  return { remote, branch: name.slice(remote.length + 1) };
}
