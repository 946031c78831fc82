import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { gitCheck } from './index.ts';

const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

/** A repository with one commit on `main`, and what else the steps do. */
async function createRepository(...steps: readonly string[][]) {
  const directory = await createTemporaryDirectory();
  const git = async (...args: string[]) =>
    await promisify(execFile)('git', [...IDENTITY, ...args], { cwd: directory.path });
  await git('init', '--quiet', '--initial-branch=main');
  await writeFile(join(directory.path, 'file.txt'), 'one');
  await git('add', '.');
  await git('commit', '--quiet', '--message=one');
  for (const step of steps) await git(...step);
  return directory;
}

const run = async (config: object, directory: string) => {
  const context = createTestContext({ directory });
  return await gitCheck.run(gitCheck.schema.parse(config), contextFor(gitCheck.needs, context));
};

describeCheckConformance(gitCheck, async () => {
  const repository = await createRepository(['tag', 'v1.0.0']);
  await mkdir(join(repository.path, 'sub'));
  return {
    context: { directory: repository.path },
    passing: { clean: true, branch: 'main', tag: 'v1.*' },
    failing: { tag: 'v2.*' },
    cannotAsk: { clean: true, directory: 'no-such-directory' },
    [Symbol.asyncDispose]: repository.remove,
  };
});

describe('git check', () => {
  it.each([
    ['main', { branch: 'main' }, [], 'pass', 'main'],
    ['another branch', { branch: 'main' }, [['switch', '-qc', 'next']], 'fail', 'next'],
    ['a glob', { branch: 'release/*' }, [['switch', '-qc', 'release/2.5']], 'pass', 'release/2.5'],
    [
      'a glob does not cross a slash',
      { branch: 'release/*' },
      [['switch', '-qc', 'release/2/5']],
      'fail',
      'release/2/5',
    ],
    ['a detached head', { branch: '*' }, [['switch', '-q', '--detach']], 'fail', 'no branch (detached HEAD)'],
    ['no tag', { tag: '*' }, [], 'fail', 'no tag'],
    ['a tag', { tag: 'v2.5.0' }, [['tag', 'v2.5.0']], 'pass', 'v2.5.0'],
    [
      'one of several tags',
      { tag: 'prod-*' },
      [
        ['tag', 'a'],
        ['tag', 'prod-1'],
        ['tag', 'z'],
      ],
      'pass',
      'prod-1',
    ],
    ['an annotated tag', { tag: 'v*' }, [['tag', '-a', 'v1', '-m', 'x']], 'pass', 'v1'],
    [
      'a tag on an older commit',
      { tag: 'v1' },
      [
        ['tag', 'v1'],
        ['commit', '-q', '--allow-empty', '-m', 'x'],
      ],
      'fail',
      'no tag',
    ],
    [
      'other tags',
      { tag: 'v3' },
      [
        ['tag', 'v1'],
        ['tag', 'v2'],
      ],
      'fail',
      'v1, v2',
    ],
  ])('%s: %j', async (_title, config, steps, verdict, found) => {
    await using repository = await createRepository(...steps);
    const result = await run(config, repository.path);
    expect(result.evidence.items).toEqual([expect.objectContaining({ verdict, found })]);
    expect(result.verdict).toBe(verdict);
  });

  it.each([
    ['changed', async (path: string) => await writeFile(join(path, 'file.txt'), 'two'), 'M file.txt'],
    ['deleted', async (path: string) => await rm(join(path, 'file.txt')), 'D file.txt'],
    ['untracked', async (path: string) => await writeFile(join(path, 'new.txt'), ''), '?? new.txt'],
  ])('is not clean when a file is %s', async (_title, change, found) => {
    await using repository = await createRepository();
    expect((await run({ clean: true }, repository.path)).verdict).toBe('pass');
    await change(repository.path);
    const { verdict, evidence } = await run({ clean: true }, repository.path);
    expect(verdict).toBe('fail');
    expect(evidence.items[0]?.found).toContain(found);
  });

  it('is not clean when a submodule is changed that the repository says to ignore', async () => {
    await using library = await createRepository();
    const add = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.path, 'library'];
    const ignore = ['config', '--file', '.gitmodules', 'submodule.library.ignore', 'all'];
    await using repository = await createRepository(add, ignore, ['add', '.'], ['commit', '-q', '-m', 'x']);
    expect((await run({ clean: true }, repository.path)).verdict).toBe('pass');
    await writeFile(join(repository.path, 'library', 'file.txt'), 'two');
    expect((await run({ clean: true }, repository.path)).verdict).toBe('fail');
  });

  it('is not clean, and says so within bounds, with thousands of new files', async () => {
    await using repository = await createRepository();
    const names = Array.from({ length: 3000 }, (_, i) => `new-file-with-a-long-name-${i}.txt`);
    await Promise.all(names.map(async (name) => await writeFile(join(repository.path, name), '')));
    const { verdict, evidence } = await run({ clean: true }, repository.path);
    expect(verdict).toBe('fail');
    expect(evidence.items[0]?.found).toMatch(/^more than \d+ changed/);
  });

  it('fails when one of several conditions does', async () => {
    await using repository = await createRepository();
    const { verdict, evidence } = await run({ clean: true, branch: 'main', tag: 'v1' }, repository.path);
    expect(verdict).toBe('fail');
    expect(evidence.items.map((item) => item.verdict)).toEqual(['pass', 'pass', 'fail']);
    expect(evidence.summary).toBe('The repository is not as it should be: tag on the commit is no tag, expected v1');
  });

  it.each([
    ['no repository', [], /git status exited with 128/],
    ['a repository without a commit', ['init', '--quiet'], /git tag exited with 129|git tag exited with 128/],
  ])('throws for %s', async (_title, args, message) => {
    await using directory = await createTemporaryDirectory();
    if (args.length > 0) await promisify(execFile)('git', args, { cwd: directory.path });
    const error = await rejectionOf(run({ clean: true, tag: '*' }, directory.path));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(message);
  });

  it.each([{}, { clean: false }, { branch: '' }, { dirty: true }, { directory: '.' }])('refuses %j', (config) => {
    expect(gitCheck.schema.safeParse(config).success).toBe(false);
  });
});
