import { posix } from 'node:path';
import type { CheckProvider, EvidenceItem, ProviderContext } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { git } from './git.ts';
import type { GitCheckConfig } from './schema.ts';
import { gitCheckSchema } from './schema.ts';

type Asking = { readonly config: GitCheckConfig; readonly context: ProviderContext<'commands' | 'directory'> };

/** Looks at a git repository: its working tree, its branch, the tags on its commit. */
export const gitCheck: CheckProvider<GitCheckConfig, 'commands' | 'directory'> = {
  kind: 'check',
  name: 'git',
  schema: gitCheckSchema,
  needs: ['commands', 'directory'],
  async run(config, context) {
    const asking = { config, context };
    const items: EvidenceItem[] = [];
    if (config.clean !== undefined) items.push(await treeItem(asking));
    if (config.branch !== undefined) items.push(await branchItem(config.branch, asking));
    if (config.tag !== undefined) items.push(await tagItem(config.tag, asking));
    const wrong = items.find((item) => item.verdict !== 'pass');
    const summary =
      wrong === undefined
        ? `The repository is as it should be: ${items.map((item) => `${item.asked} ${item.found}`).join(', ')}`
        : `The repository is not as it should be: ${wrong.asked} is ${wrong.found}, expected ${wrong.expected}`;
    return { verdict: wrong === undefined ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

async function treeItem(asking: Asking): Promise<EvidenceItem> {
  const { output, cut } = await git(['status', '--porcelain=v1', '--untracked-files=normal'], [0], asking);
  const lines = output.split('\n').filter((line) => line !== '');
  const count = cut ? `more than ${lines.length}` : String(lines.length);
  const found = lines.length === 0 ? 'clean' : `${count} changed: ${lines.slice(0, 5).join(', ')}`;
  return { asked: 'working tree', found, expected: 'clean', verdict: lines.length === 0 ? 'pass' : 'fail' };
}

async function branchItem(glob: string, asking: Asking): Promise<EvidenceItem> {
  // Exit code 1: HEAD is a commit and no branch.
  const { code, output } = await git(['symbolic-ref', '--short', '--quiet', 'HEAD'], [0, 1], asking);
  const branch = code === 0 ? output.trim() : null;
  const verdict = branch !== null && posix.matchesGlob(branch, glob) ? 'pass' : 'fail';
  return { asked: 'branch', found: branch ?? 'no branch (detached HEAD)', expected: glob, verdict };
}

async function tagItem(glob: string, asking: Asking): Promise<EvidenceItem> {
  const { output, cut } = await git(['tag', '--points-at', 'HEAD'], [0], asking);
  if (cut) throw new TerminalError('the commit has more tags than can be read');
  const tags = output.split('\n').filter((line) => line !== '');
  const matching = tags.filter((tag) => posix.matchesGlob(tag, glob));
  const found = (matching.length > 0 ? matching : tags).slice(0, 5).join(', ');
  const verdict = matching.length > 0 ? 'pass' : 'fail';
  return { asked: 'tag on the commit', found: found === '' ? 'no tag' : found, expected: glob, verdict };
}
