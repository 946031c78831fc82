import { posix } from 'node:path';
import type { CheckProvider, EvidenceItem } from '@slipway/provider-kit';
import { boundedEvidence } from '@slipway/provider-kit';
import { headItem, tagItem } from './commit-items.ts';
import { fetchBranch } from './fetch-branch.ts';
import type { Asking } from './git.ts';
import { git } from './git.ts';
import { containedItem, descendsItem, sameFilesItem, upToDateItem } from './history-items.ts';
import type { GitCheckConfig } from './schema.ts';
import { gitCheckSchema } from './schema.ts';

/** Looks at a git repository: its working tree, its branch, the tags on its commit, and what is in its history. */
export const gitCheck: CheckProvider<GitCheckConfig, 'commands' | 'directory'> = {
  kind: 'check',
  name: 'git',
  schema: gitCheckSchema,
  needs: ['commands', 'directory'],
  async run(config, context) {
    const items = await itemsOf({ config, context });
    const wrong = items.find((item) => item.verdict !== 'pass');
    const summary =
      wrong === undefined
        ? `The repository is as it should be: ${items.map((item) => `${item.asked} ${item.found}`).join(', ')}`
        : `The repository is not as it should be: ${wrong.asked} is ${wrong.found}, expected ${wrong.expected}`;
    return { verdict: wrong === undefined ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
  },
};

async function itemsOf(asking: Asking): Promise<readonly EvidenceItem[]> {
  const { config } = asking;
  const { clean, branch, tag, commit, fetch } = config;
  const items: EvidenceItem[] = [];
  if (clean !== undefined) items.push(await treeItem(asking));
  if (branch !== undefined) items.push(await branchItem(branch, asking));
  if (tag !== undefined) items.push(await tagItem(tag, commit, asking));
  if (tag === undefined && commit !== undefined) items.push(await headItem(commit, asking));
  if (config['descends-from'] !== undefined) items.push(await descendsItem(config['descends-from'], asking));
  if (config['contained-in'] !== undefined) items.push(await containedItem(config['contained-in'], asking));
  if (config['no-diff-since'] !== undefined) items.push(await sameFilesItem(config['no-diff-since'], asking));
  const upstream = config['up-to-date-with'];
  if (upstream !== undefined && fetch) await fetchBranch(upstream, asking);
  if (upstream !== undefined) items.push(await upToDateItem(upstream, asking));
  return items;
}

async function treeItem(asking: Asking): Promise<EvidenceItem> {
  // A repository may say of a submodule that its changes are to be ignored.
  const options = ['--porcelain=v1', '--untracked-files=normal', '--ignore-submodules=none'];
  const { output, cut } = await git(['status', ...options], [0], asking);
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
