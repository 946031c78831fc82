import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  expectNamedError,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { gitCheck } from './index.ts';

const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

const NAMING = ['descends-from', 'contained-in', 'no-diff-since', 'up-to-date-with', 'commit'] as const;
const NO_NAMES = [
  '--all',
  '-n1',
  'a..b',
  'a b',
  'main~1',
  'main^',
  'HEAD@{1}',
  ':file',
  'a:b',
  '',
  '*',
  'a\nb',
  '-{{ x }}',
];

const gitIn = (path: string) => async (line: string) => {
  const { stdout } = await promisify(execFile)('git', [...IDENTITY, ...line.split(' ')], { cwd: path });
  return stdout.trim();
};

/**
 * one (tag v1) <- two (main, annotated tag v2) <- three (branch next)
 *             <- side (branch side)
 * and HEAD on main.
 */
async function createHistory() {
  const directory = await createTemporaryDirectory();
  const git = gitIn(directory.path);
  const commit = async (name: string) => {
    await writeFile(join(directory.path, `${name}.txt`), name);
    await git('add .');
    await git(`commit --quiet --message=${name}`);
    return await git('rev-parse HEAD');
  };
  await git('init --quiet --initial-branch=main');
  const one = await commit('one');
  await git('tag v1');
  await git('switch --quiet --create side');
  const side = await commit('side');
  await git('switch --quiet main');
  const two = await commit('two');
  await git('tag --annotate v2 --message=x');
  await git('switch --quiet --create next');
  const three = await commit('three');
  await git('switch --quiet main');
  return { ...directory, git, commit, hashes: { one, two, three, side } };
}

const run = async (config: object, directory: string) =>
  await gitCheck.run(gitCheck.schema.parse(config), contextFor(gitCheck.needs, createTestContext({ directory })));

const only = async (config: object, directory: string) => {
  const { verdict, evidence } = await run(config, directory);
  expect(evidence.items).toHaveLength(1);
  expect(evidence.items[0]?.verdict).toBe(verdict);
  return { verdict, found: evidence.items[0]?.found ?? '' };
};

describe('git check of history', () => {
  it.each([
    [{ 'descends-from': 'v1' }, 'pass', /^\w{7} descends from \w{7}$/],
    [{ 'descends-from': 'main' }, 'pass', /descends from/],
    [{ 'descends-from': 'HEAD' }, 'pass', /descends from/],
    [{ 'descends-from': 'next' }, 'fail', /^\w{7} does not descend from \w{7}$/],
    [{ 'descends-from': 'side' }, 'fail', /does not descend/],
    [{ 'contained-in': 'next' }, 'pass', /^\w{7} contains \w{7}$/],
    [{ 'contained-in': 'refs/heads/main' }, 'pass', /contains/],
    [{ 'contained-in': 'v1' }, 'fail', /does not contain/],
    [{ 'contained-in': 'side' }, 'fail', /does not contain/],
    [{ 'no-diff-since': 'v2' }, 'pass', /^empty$/],
    [{ 'no-diff-since': 'v1' }, 'fail', /^1 changed: A two.txt$/],
    [{ 'no-diff-since': 'side' }, 'fail', /^2 changed: D side.txt, A two.txt$/],
    [{ 'up-to-date-with': 'v1' }, 'pass', /^nothing, v1 is at \w{7}$/],
    [{ 'up-to-date-with': 'main' }, 'pass', /^nothing/],
    [{ 'up-to-date-with': 'side' }, 'fail', /^1 of its commits, up to \w{7}$/],
    [{ 'up-to-date-with': 'next' }, 'fail', /^1 of its commits/],
  ])('%j: %s', async (config, verdict, found) => {
    await using history = await createHistory();
    expect(await only(config, history.path)).toEqual({ verdict, found: expect.stringMatching(found) });
  });

  it('knows commits by their whole hash and by the beginning of it', async () => {
    await using history = await createHistory();
    const { one, two, three } = history.hashes;
    const cases: readonly (readonly [object, string])[] = [
      [{ commit: two }, 'pass'],
      [{ commit: two.slice(0, 7) }, 'pass'],
      [{ commit: two.slice(0, 8).toUpperCase() }, 'pass'],
      [{ commit: one }, 'fail'],
      [{ commit: one.slice(0, 7) }, 'fail'],
      [{ commit: 'f'.repeat(40) }, 'fail'],
      [{ tag: 'v1', commit: one }, 'pass'],
      [{ tag: 'v1', commit: one.slice(0, 7) }, 'pass'],
      [{ tag: 'v2', commit: two }, 'pass'],
      [{ tag: 'v2', commit: one }, 'fail'],
      [{ tag: 'v*', commit: three }, 'fail'],
      [{ tag: 'v*', commit: 'f'.repeat(40) }, 'fail'],
      [{ 'contained-in': three }, 'pass'],
      [{ 'no-diff-since': two.slice(0, 7) }, 'pass'],
    ];
    for (const [config, verdict] of cases) {
      expect({ config, ...(await only(config, history.path)) }).toMatchObject({ config, verdict });
    }
  });

  it('says that a commit is not there', async () => {
    await using history = await createHistory();
    const { found } = await only({ tag: 'v1', commit: 'f'.repeat(40) }, history.path);
    expect(found).toBe('no such commit in this repository');
  });

  it('does not take a branch with the name of a hash for the commit', async () => {
    await using history = await createHistory();
    const { one, two } = history.hashes;
    await history.git(`branch ${one.slice(0, 7)} ${two}`);
    await history.git('config core.warnAmbiguousRefs false');
    const config = { tag: 'v2', commit: one.slice(0, 7) };
    expect(String(await rejectionOf(run(config, history.path)))).toContain('is ambiguous');
    await history.git(`branch abcdef0 ${two}`);
    const other = await rejectionOf(run({ ...config, commit: 'abcdef0' }, history.path));
    expect(String(other)).toContain('also the name of a branch');
  });

  it('does not choose between a branch and a tag of one name', async () => {
    await using history = await createHistory();
    await history.git('tag side v1');
    const error = await rejectionOf(run({ 'up-to-date-with': 'side' }, history.path));
    expect(String(error)).toContain('side is ambiguous in this repository: write refs/heads/side');
    expect((await only({ 'up-to-date-with': 'refs/heads/side' }, history.path)).verdict).toBe('fail');
  });

  it('sees what a replaced commit would hide', async () => {
    await using history = await createHistory();
    await history.git(`replace ${history.hashes.side} ${history.hashes.two}`);
    expect((await only({ 'no-diff-since': 'side' }, history.path)).verdict).toBe('fail');
  });

  it('keeps its evidence within bounds when thousands of files differ', async () => {
    await using history = await createHistory();
    const names = Array.from({ length: 3000 }, (_, i) => `a-file-with-a-rather-long-name-${i}.txt`);
    await Promise.all(names.map(async (name) => await writeFile(join(history.path, name), '')));
    await history.commit('many');
    const { verdict, found } = await only({ 'no-diff-since': 'v2' }, history.path);
    expect(verdict).toBe('fail');
    expect(found).toMatch(/^more than \d+ changed: A a-file/);
  });

  it.each(['descends-from', 'contained-in', 'no-diff-since', 'up-to-date-with'])(
    'cannot ask about a name that is not there: %s',
    async (key) => {
      await using history = await createHistory();
      const error = await rejectionOf(run({ [key]: 'gone' }, history.path));
      expect(error).toBeInstanceOf(TerminalError);
      expect(String(error)).toContain('this repository knows no gone: fetch it, or mend the name');
    },
  );

  it.each(NO_NAMES)('refuses the name %j in a plan', (name) => {
    for (const key of NAMING) expect(gitCheck.schema.safeParse({ [key]: name }).success).toBe(false);
  });

  it.each(NAMING)('refuses what a template made of a name: %s', async (key) => {
    await using history = await createHistory();
    const context = contextFor(gitCheck.needs, createTestContext({ directory: history.path }));
    for (const name of NO_NAMES) {
      const rendered = { fetch: key === 'up-to-date-with', [key]: name };
      expect(await rejectionOf(gitCheck.run(rendered, context))).toBeInstanceOf(TerminalError);
    }
  });

  it.each([
    { 'no-diff-since': '{{ artifact.git }}' },
    { commit: '{{ artifact.git }}' },
    { 'contained-in': 'release/{{ artifact.version }}' },
  ])('takes a template: %j', (config) => {
    expect(gitCheck.schema.safeParse(config).success).toBe(true);
  });

  it.each([{ fetch: true }, { clean: true, fetch: true }, { commit: 'v1' }, { commit: '0c5c2b' }])(
    'refuses %j',
    (config) => {
      expect(gitCheck.schema.safeParse(config).success).toBe(false);
    },
  );
});

/** A history, and a clone of it; then the remote gets one commit more. */
async function createClone() {
  const remote = await createHistory();
  const directory = await createTemporaryDirectory();
  await gitIn(directory.path)(`clone --quiet ${remote.path} .`);
  await remote.commit('later');
  const dispose = async () => {
    await remote.remove();
    await directory.remove();
  };
  return { remote, path: directory.path, git: gitIn(directory.path), [Symbol.asyncDispose]: dispose };
}

describe('git check of a remote', () => {
  it('does not fetch by itself, and sees what is new once it may', async () => {
    await using clone = await createClone();
    const config = { 'up-to-date-with': 'origin/main' };
    expect((await only(config, clone.path)).verdict).toBe('pass');
    const { verdict, found } = await only({ ...config, fetch: true }, clone.path);
    expect({ verdict, found }).toEqual({ verdict: 'fail', found: expect.stringMatching(/^1 of its commits/) });
    await clone.git('merge --quiet --ff-only origin/main');
    expect((await only({ ...config, fetch: true }, clone.path)).verdict).toBe('pass');
  });

  it('fetches that branch only', async () => {
    await using clone = await createClone();
    await clone.remote.git('tag new-tag');
    await clone.remote.git('branch new-branch');
    await run({ 'up-to-date-with': 'refs/remotes/origin/main', fetch: true }, clone.path);
    expect(await clone.git('for-each-ref --format=%(refname) refs')).not.toMatch(/new-/);
  });

  it.each([
    ['origin/gone', TerminalError, /the remote origin has no branch gone/],
    ['main', TerminalError, /main is no branch of a remote/],
    ['other/main', TerminalError, /other\/main is no branch of a remote/],
  ])('cannot fetch %s', async (ref, kind, message) => {
    await using clone = await createClone();
    const error = await rejectionOf(run({ 'up-to-date-with': ref, fetch: true }, clone.path));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(message);
  });

  it('may try again where the remote does not answer, and shows nothing of its URL', async () => {
    await using clone = await createClone();
    await clone.git('remote set-url origin http://name:s3cret@127.0.0.1:9/shop.git');
    const error = await rejectionOf(run({ 'up-to-date-with': 'origin/main', fetch: true }, clone.path));
    expectNamedError(error);
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).not.toContain('s3cret');
  });
});
