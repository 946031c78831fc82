import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommitInfo, LaunchReport, Release } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answer, listen, type Listening } from '../testing/launch-server.ts';
import { makeRepository } from '../testing/sample-repository.ts';
import { runCommand } from '../testing/test-context.ts';

const RELEASE: Release = {
  launch: 'shop-2',
  artifact: 'shop',
  version: '2.1.0',
  git: 'v2.1.0',
  previousVersion: '2.0.0',
  previousGit: null,
  deploys: true,
  startedAt: Date.UTC(2026, 10, 20),
  inProductionAt: Date.UTC(2026, 10, 20),
};
const REPORT: LaunchReport = {
  format: 'slipway-report-1',
  launch: 'shop-2',
  head: { seq: 1, hash: 'a' },
  document: { kind: 'gate', language: 'en', title: 'T', level: 1, result: null, figures: { git: null }, sections: [] },
};

let folder: string;
let repository: string;
let release: Release;
let api: Listening;
let asked: { path: string; body: { commits?: unknown; since?: number } }[];
let env: Readonly<Record<string, string>>;

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'slipway-repository-'));
  makeRepository(repository, [
    'feat: the beginning tag:v2.0.0',
    'feat(cart): pay with one click\n\nCloses #42',
    'fix!: round to even',
    'chore: release tag:v2.1.0',
    'feat: not released',
  ]);
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-report-'));
  release = RELEASE;
  asked = [];
  api = await listen((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = (text === '' ? {} : JSON.parse(text)) as { format?: string; commits?: unknown; since?: number };
      asked.push({ path: request.url ?? '', body });
      if (request.url?.endsWith('/release') === true) answer(response, 200, release);
      else if (request.url?.endsWith('/releases') === true)
        answer(response, 200, { releases: [release], omitted: 0, unreadable: [] });
      else if (body.format === 'markdown') response.end('# Été\n\n日\n');
      else answer(response, 200, REPORT);
    });
  });
  env = { LANG: 'C.UTF-8', SLIPWAY_SERVER: api.url.origin, SLIPWAY_TOKEN: 'token' };
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...argv: readonly string[]) => runCommand(argv, { cwd: folder, env, now: () => Date.UTC(2026, 10, 24) });
const commits = (): CommitInfo[] => asked.at(-1)?.body.commits as CommitInfo[];

describe('report --as', () => {
  test.each(['gate', 'deployment', 'rollback', 'post-mortem', 'retrospective'])(
    '%s asks for no commits',
    async (as) => {
      expect(await run('report', 'shop-2', '--as', as)).toMatchObject({ code: 0, out: '# Été\n\n日\n' });
      expect(asked).toMatchObject([{ path: `/api/v1/launches/shop-2/reports/${as}`, body: { commits: null } }]);
    },
  );

  test('changelog brings the commits since the tag of the version before', async () => {
    const { code, errors } = await run('report', 'shop-2', '--as', 'changelog', '--repository', repository);
    expect([code, errors]).toEqual([0, '3 commits from v2.0.0 to v2.1.0\n']);
    expect(commits().map(({ type, scope, subject, breaking }) => [type, scope, subject, breaking])).toEqual([
      ['chore', null, 'release', false],
      ['fix', null, 'round to even', true],
      ['feat', 'cart', 'pay with one click', false],
    ]);
    expect(commits()[2]).toMatchObject({ at: 1_700_003_600_000, references: ['#42'] });
  });

  test.each([
    ['the log names the release before', { previousGit: 'v2.0.0', previousVersion: null }, [], 3],
    ['nothing but git knows it', { previousVersion: null }, [], 3],
    ['it is typed', {}, ['--from', 'v2.1.0', '--to', 'main'], 1],
  ])('where %s', async (_name, changes, argv, count) => {
    release = { ...RELEASE, ...changes };
    await run('report', 'shop-2', '--as', 'release-notes', '--repository', repository, ...argv);
    expect(commits()).toHaveLength(count);
  });

  test.each([
    ['outside of a repository', {}, [], 'no git repository'],
    ['without a tag', { git: null }, ['--repository', 'REPOSITORY'], 'names no tag'],
  ])('%s says that commits are missing, and invents none', async (_name, changes, argv, words) => {
    release = { ...RELEASE, ...changes };
    const typed = argv.map((word) => (word === 'REPOSITORY' ? repository : word));
    const { code, errors } = await run('report', 'shop-2', '--as', 'changelog', ...typed);
    expect([code, errors]).toEqual([0, expect.stringContaining(words)]);
    expect(commits()).toBeNull();
  });

  test.each(['v9', '--all', '-v', 'v2.0.0..v2.1.0', '--output=stolen'])('refuses the name %s', async (ref) => {
    const { code } = await run('report', 'shop-2', '--as', 'changelog', '--repository', repository, `--to=${ref}`);
    expect(code).toBe(2);
    expect(asked.every(({ path }) => path.endsWith('/release'))).toBe(true);
  });

  test('writes JSON and PDF into files, in both spellings of the option', async () => {
    expect((await run('report', 'shop-2', '--as', 'gate', '--format', 'json', '--output', 'gate.json')).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'gate.json'), 'utf8'))).toEqual(REPORT);
    const pdf = await run('report', 'shop-2', '--as', 'gate', '--format', 'pdf', '--out', 'gate.pdf');
    expect([pdf.code, pdf.errors]).toEqual([0, expect.stringContaining('shown as ¤')]);
    expect(readFileSync(join(folder, 'gate.pdf'), 'latin1').startsWith('%PDF-')).toBe(true);
  });

  test.each([
    [['--format', 'pdf'], 'a PDF goes into a file'],
    [['--format', 'pdf', '--out', 'a.pdf', '--json'], 'no PDF as JSON'],
    [['--as', 'poem'], 'poem'],
  ])('%j is refused', async (argv, words) => {
    const { code, errors, out } = await run('report', 'shop-2', ...argv);
    expect([code, errors + out]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe('dora', () => {
  test('brings the times of the commits of each deployment', async () => {
    const { code, errors } = await run('dora', '--since', '30d', '--repository', repository);
    expect([code, errors]).toEqual([0, 'commit times are known of 1 of 1 deployment\n']);
    const { body, path } = asked.at(-1) ?? { path: '', body: {} };
    expect([path, body.since]).toEqual(['/api/v1/reports/dora', Date.UTC(2026, 9, 25)]);
    expect(body.commits).toEqual({ 'shop-2': [3, 2, 1].map((hour) => (1_700_000_000 + hour * 3_600) * 1_000) });
  });

  test('outside of a repository says that they are not known', async () => {
    expect((await run('dora')).errors).toBe('commit times are known of 0 of 1 deployment\n');
    expect(commits()).toEqual({});
  });

  test('refuses a time that is none', async () => {
    expect(await run('dora', '--since', 'ever')).toMatchObject({ code: 2, errors: expect.stringContaining('ever') });
    expect(asked).toEqual([]);
  });
});

test('hotfixes are asked for since then', async () => {
  expect((await run('hotfixes', '--json')).code).toBe(0);
  expect(asked).toMatchObject([{ path: '/api/v1/reports/hotfixes', body: { since: Date.UTC(2026, 7, 26) } }]);
});
