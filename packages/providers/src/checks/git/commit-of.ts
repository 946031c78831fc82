import { TerminalError } from '@slipway/provider-kit';
import { lastLine } from '../../commands/describe-end.ts';
import type { Asking } from './git.ts';
import { git } from './git.ts';
import { isRef } from './ref-key.ts';

/** git's code for a name that it does not know, and for whatever else ends it. */
const UNKNOWN = 128;
const HASH = /^[0-9a-f]{40,64}$/;

/** The hash of the commit that a name stands for; null where this repository knows none. Throws TerminalError for a name that is none, or of two things. */
export async function commitOf(name: string, asking: Asking): Promise<string | null> {
  if (!isRef(name))
    throw new TerminalError('this is not the name of a branch, a tag or a commit: write it like v2.5.0');
  // Not --quiet: of a branch and a tag of one name git takes the tag, and only warns.
  const argv = ['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`];
  const { code, output } = await git(argv, [0, UNKNOWN], asking);
  if (output.includes('ambiguous'))
    throw new TerminalError(`${name} is ambiguous in this repository: write refs/heads/${name} or refs/tags/${name}`);
  if (code === UNKNOWN && output.includes('Needed a single revision')) return null;
  if (code === UNKNOWN) throw new TerminalError(`git rev-parse exited with ${UNKNOWN}: ${lastLine(output)}`);
  const hash = output.split('\n').find((line) => HASH.test(line));
  if (hash === undefined) throw new TerminalError(`git said nothing that is a commit of ${name}`);
  return hash;
}

/** The same for a name that must be known: without it nothing can be compared. */
export async function knownCommitOf(name: string, asking: Asking): Promise<string> {
  const hash = await commitOf(name, asking);
  if (hash === null) throw new TerminalError(`this repository knows no ${name}: fetch it, or mend the name`);
  return hash;
}

/** How people write a hash. */
export const short = (hash: string): string => hash.slice(0, 7);
