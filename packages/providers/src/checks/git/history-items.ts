import type { EvidenceItem } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { knownCommitOf, short } from './commit-of.ts';
import type { Asking } from './git.ts';
import { git } from './git.ts';

const SHOWN_FILES = 5;

/** Whether the commit of `ref` is HEAD or in its history. */
export async function descendsItem(ref: string, asking: Asking): Promise<EvidenceItem> {
  const [head, other] = [await knownCommitOf('HEAD', asking), await knownCommitOf(ref, asking)];
  const is = await isAncestor(other, head, asking);
  const found = `${short(head)} ${is ? 'descends' : 'does not descend'} from ${short(other)}`;
  return { asked: 'history of HEAD', found, expected: `descends from ${ref}`, verdict: is ? 'pass' : 'fail' };
}

/** Whether HEAD is the commit of `ref` or in its history. */
export async function containedItem(ref: string, asking: Asking): Promise<EvidenceItem> {
  const [head, other] = [await knownCommitOf('HEAD', asking), await knownCommitOf(ref, asking)];
  const is = await isAncestor(head, other, asking);
  const found = `${short(other)} ${is ? 'contains' : 'does not contain'} ${short(head)}`;
  return { asked: `history of ${ref}`, found, expected: 'contains HEAD', verdict: is ? 'pass' : 'fail' };
}

/** Whether HEAD has the same files as `ref`; names the first that differ. */
export async function sameFilesItem(ref: string, asking: Asking): Promise<EvidenceItem> {
  const [head, other] = [await knownCommitOf('HEAD', asking), await knownCommitOf(ref, asking)];
  // A repository may say of a submodule that its changes are to be ignored.
  const options = ['-r', '--no-renames', '--name-status', '--no-ext-diff', '--ignore-submodules=none'];
  const { output, cut } = await git(['diff-tree', ...options, other, head], [0], asking);
  const lines = output.split('\n').filter((line) => line !== '');
  const count = cut ? `more than ${lines.length}` : String(lines.length);
  const names = lines.slice(0, SHOWN_FILES).map((line) => line.replace('\t', ' '));
  const found = lines.length === 0 ? 'empty' : `${count} changed: ${names.join(', ')}`;
  return { asked: `diff since ${ref}`, found, expected: 'empty', verdict: lines.length === 0 ? 'pass' : 'fail' };
}

/** Whether everything of `ref` is in HEAD; says how many commits are not. */
export async function upToDateItem(ref: string, asking: Asking): Promise<EvidenceItem> {
  const [head, other] = [await knownCommitOf('HEAD', asking), await knownCommitOf(ref, asking)];
  const { output } = await git(['rev-list', '--count', other, `^${head}`], [0], asking);
  const count = /^\d+$/.test(output.trim()) ? Number(output) : Number.NaN;
  if (Number.isNaN(count)) throw new TerminalError(`git rev-list gave no number for ${ref}`);
  const found =
    count === 0 ? `nothing, ${ref} is at ${short(other)}` : `${count} of its commits, up to ${short(other)}`;
  return { asked: `missing of ${ref}`, found, expected: 'nothing', verdict: count === 0 ? 'pass' : 'fail' };
}

async function isAncestor(ancestor: string, of: string, asking: Asking): Promise<boolean> {
  return (await git(['merge-base', '--is-ancestor', ancestor, of], [0, 1], asking)).code === 0;
}
