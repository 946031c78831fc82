import type { ServerResponse } from 'node:http';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { TestServer } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTestContext,
  describeCheckConformance,
  expectNamedError,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ciCheck } from './index.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const HOUR = 3_600_000;
const SHA = '0c5c2b7d1e8f4a5b6c7d8e9f0a1b2c3d4e5f6a7b';
const TOKEN = 'ghp_top-secret-token';

interface Given {
  readonly status?: string | null;
  readonly conclusion?: string | null;
  /** Hours before now at which it was created; it ran for a tenth of one. */
  readonly ago: number;
  readonly sha?: string;
  readonly more?: object;
}

const at = (hours: number) => new Date(NOW - hours * HOUR).toISOString();

/** A run in the form of "List workflow runs for a workflow", cut down to what is near to what is read. */
const githubRun = ({ status = 'completed', conclusion = 'success', ago, sha = SHA, more }: Given, i = 0) => ({
  id: 30_433_642 - i,
  name: 'Nightly',
  head_branch: 'main',
  head_sha: sha,
  path: '.github/workflows/nightly.yml@main',
  run_number: 562 - i,
  event: 'schedule',
  status,
  conclusion: status === 'completed' ? conclusion : null,
  workflow_id: 159_038,
  html_url: `https://github.com/acme/shop/actions/runs/${30_433_642 - i}`,
  pull_requests: [],
  created_at: at(ago),
  updated_at: at(ago - 0.1),
  run_attempt: 1,
  run_started_at: at(ago),
  head_repository: { id: 217_723_378, name: 'shop', full_name: 'acme/shop', private: true },
  ...more,
});

/** A pipeline in the form of "List project pipelines". */
const gitlabPipeline = ({ status = 'success', ago, sha = SHA, more }: Given, i = 0) => ({
  id: 4747 - i,
  iid: 47 - i,
  project_id: 1,
  status,
  source: 'schedule',
  ref: 'main',
  sha,
  name: 'Build pipeline',
  web_url: `https://gitlab.example.com/acme/shop/pipelines/${4747 - i}`,
  created_at: at(ago),
  updated_at: at(ago - 0.1),
  ...more,
});

const nightly = (...words: readonly string[]): readonly Given[] =>
  words.map((conclusion, i) => ({ conclusion, ago: 7 + 24 * i }));

const json = (response: ServerResponse, body: unknown) =>
  void response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));

/** GitHub's pages: a hundred runs each. */
const startGithub = async (runs: readonly object[]) =>
  await startTestServer(({ path }, response) => {
    const page = Number(new URL(path, 'http://x').searchParams.get('page'));
    json(response, { total_count: runs.length, workflow_runs: runs.slice((page - 1) * 100, page * 100) });
  });

const GITHUB = { from: 'github', repository: 'acme/shop', workflow: 'nightly.yml', branch: 'main' };
const GITLAB = { from: 'gitlab', repository: 'acme/shop', branch: 'main' };

const run = async (config: object, secrets: Readonly<Record<string, string>> = {}) => {
  const context = createTestContext({ secrets, now: () => NOW });
  return await ciCheck.run(ciCheck.schema.parse(config), contextFor(ciCheck.needs, context));
};

const ask = async (server: TestServer, config: object = {}) => await run({ ...GITHUB, url: server.url, ...config });

const verdictOf = async (runs: readonly object[], config: object = {}) => {
  await using server = await startGithub(runs);
  return await ask(server, config);
};

describeCheckConformance(ciCheck, async () => {
  const server = await startTestServer(({ path, headers }, response) => {
    if (path.includes('/endless/')) return;
    if (headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(404).end('{"message":"Not Found"}');
    const words = path.includes('/red/') ? ['failure', 'success'] : ['success', 'success', 'success'];
    json(response, { total_count: 3, workflow_runs: nightly(...words).map(githubRun) });
  });
  const at = (repository: string) => ({
    ...GITHUB,
    repository: `acme/${repository}`,
    url: server.url,
    token: { env: 'CI_TOKEN' },
  });
  const own = { ...at('shop'), cycles: 2, 'green-for': '48h' };
  return {
    context: { secrets: { CI_TOKEN: TOKEN }, now: () => NOW },
    passing: own,
    failing: at('red'),
    cannotAsk: { ...own, url: await refusedUrl() },
    endless: { config: at('endless'), begun: async () => void (await vi.waitUntil(() => server.requests.length > 0)) },
    [Symbol.asyncDispose]: server.close,
  };
});

describe('ci check', () => {
  it.each([
    ['the newest is green', nightly('success'), {}, 'pass'],
    ['two cycles', nightly('success', 'success'), { cycles: 2 }, 'pass'],
    ['one cycle is not two', nightly('success'), { cycles: 2 }, 'fail'],
    ['an older failure', nightly('success', 'success', 'failure'), { cycles: 2 }, 'pass'],
    ['a failure between', nightly('success', 'failure', 'success'), { cycles: 2 }, 'fail'],
    ['the newest failed', nightly('failure', 'success', 'success'), {}, 'fail'],
    ['green for 48 hours', nightly('success', 'success', 'success'), { 'green-for': '48h' }, 'pass'],
    ['two nights are not 48 hours', nightly('success', 'success'), { 'green-for': '48h' }, 'fail'],
    ['a failure within 48 hours', nightly('success', 'failure', 'success'), { 'green-for': '48h' }, 'fail'],
    ['long green, too few runs', [{ ago: 7 }, { ago: 60 }], { 'green-for': '48h', cycles: 3 }, 'fail'],
    ['no run', [], {}, 'fail'],
    ['a stale run', [{ ago: 26.5 }], {}, 'fail'],
    ['an old run that is new enough', [{ ago: 26.5 }], { 'max-age': '27h' }, 'pass'],
    ['a run of tomorrow', [{ ago: -1 }], {}, 'fail'],
    ['one that goes on, before a green one', [{ status: 'in_progress', ago: 0.1 }, { ago: 7 }], {}, 'pass'],
    ['only one that goes on', [{ status: 'in_progress', ago: 0.1 }], {}, 'fail'],
    ['one that goes on, before a red one', [{ status: 'queued', ago: 0.1 }, ...nightly('failure')], {}, 'fail'],
    ['a status that nobody knows', [{ status: 'dreaming', ago: 0.1 }, { ago: 7 }], {}, 'fail'],
    ['no status', [{ status: null, ago: 0.1 }, { ago: 7 }], {}, 'fail'],
    ['no conclusion', [{ conclusion: null, ago: 7 }], {}, 'fail'],
  ] as const)('%s: %j with %j: %s', async (_title, given, config, verdict) => {
    expect((await verdictOf(given.map(githubRun), config)).verdict).toBe(verdict);
  });

  it.each([
    'failure',
    'cancelled',
    'skipped',
    'neutral',
    'stale',
    'timed_out',
    'action_required',
    'startup_failure',
    'SUCCESS',
    'new-word',
  ])('names a run that is %s, which is never green', async (word) => {
    const { verdict, evidence } = await verdictOf(nightly(word, 'success', 'success').map(githubRun));
    expect(verdict).toBe('fail');
    expect(evidence.summary).toContain(`run 562 (${word})`);
    expect(evidence.items).toContainEqual(
      expect.objectContaining({ asked: 'run 562 of 0c5c2b7d1e8f', verdict: 'fail' }),
    );
  });

  it('lists each run with its number, commit, conclusion, time and address', async () => {
    const { evidence } = await verdictOf(nightly('success', 'success').map(githubRun), { cycles: 2 });
    expect(evidence.items).toEqual([
      { asked: 'newest completed runs that are green', found: '2', expected: 'at least 2', verdict: 'pass' },
      { asked: 'age of the newest green run', found: '7h', expected: 'at most 1d2h', verdict: 'pass' },
      {
        asked: 'run 562 of 0c5c2b7d1e8f',
        found: 'success, 2026-11-24T02:00:00.000Z, https://github.com/acme/shop/actions/runs/30433642',
        expected: 'success',
        verdict: 'pass',
      },
      expect.objectContaining({ asked: 'run 561 of 0c5c2b7d1e8f' }),
    ]);
    expect(evidence.summary).toBe('nightly.yml of acme/shop on main is green: 2 of 2 runs');
  });

  it('names a run that has not ended, and does not count it', async () => {
    const going = { status: 'in_progress', ago: 0.1 };
    const { verdict, evidence } = await verdictOf([going, { ago: 7 }].map(githubRun));
    expect(verdict).toBe('pass');
    expect(evidence.summary).toBe(
      'nightly.yml of acme/shop on main is green: 1 of 1 runs; not finished and not counted: run 562 (in_progress)',
    );
    const alone = await verdictOf([githubRun(going)]);
    expect(alone.evidence.summary).toContain('no completed run; not finished and not counted: run 562');
    expect(alone.evidence.items).toContainEqual(
      expect.objectContaining({ asked: 'run 562 of 0c5c2b7d1e8f', verdict: 'unknown' }),
    );
  });

  it.each([
    ['of a fork', { head_repository: { full_name: 'mallory/shop' } }],
    ['of a fork that is gone', { head_repository: null }],
    ['of a pull request', { event: 'pull_request' }],
    ['of a pull request target', { event: 'pull_request_target' }],
    ['of another branch', { head_branch: 'next' }],
  ])('does not count a green run %s', async (_title, more) => {
    expect((await verdictOf([githubRun({ ago: 1, more })])).verdict).toBe('fail');
  });

  it('looks at the runs of a commit only', async () => {
    const other = { ago: 1, sha: 'f'.repeat(40) };
    const runs = [other, { ago: 7 }].map(githubRun);
    for (const commit of [SHA, SHA.slice(0, 7), SHA.slice(0, 7).toUpperCase()]) {
      const { verdict, evidence } = await verdictOf(runs, { commit });
      expect(verdict).toBe('pass');
      expect(evidence.items.filter((item) => item.asked.startsWith('run '))).toHaveLength(1);
    }
    expect((await verdictOf(runs, { commit: 'abcdef0' })).verdict).toBe('fail');
  });

  it('asks GitHub as its documentation says', async () => {
    await using server = await startGithub([githubRun({ ago: 1 })]);
    await run(
      { ...GITHUB, url: `${server.url}/api/v3/`, branch: 'release/2.5', commit: SHA, token: { env: 'T' } },
      { T: ` ${TOKEN}\n` },
    );
    const [request] = server.requests;
    expect(request?.path).toBe(
      `/api/v3/repos/acme/shop/actions/workflows/nightly.yml/runs?branch=release%2F2.5&per_page=100&head_sha=${SHA}&page=1`,
    );
    expect(request?.headers).toMatchObject({
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${TOKEN}`,
      'x-github-api-version': '2022-11-28',
    });
  });

  it('turns pages only as far as it must, and never without end', async () => {
    const runs = Array.from({ length: 1500 }, (_, i) => githubRun({ ago: 1 + i / 10 }, i));
    await using server = await startGithub(runs);
    expect((await ask(server)).verdict).toBe('pass');
    expect(server.requests).toHaveLength(1);
    expect((await ask(server, { cycles: 150 })).verdict).toBe('pass');
    expect(server.requests).toHaveLength(3);
    expect((await ask(server, { 'green-for': '300d' })).verdict).toBe('fail');
    expect(server.requests).toHaveLength(13);
  });

  it('counts a run once that two pages show', async () => {
    const runs = Array.from({ length: 100 }, (_, i) => githubRun({ ago: 1 + i }, i));
    const twice = [...runs, ...runs.slice(-50)];
    expect((await verdictOf(twice, { cycles: 100 })).verdict).toBe('pass');
    expect((await verdictOf(twice, { cycles: 101 })).verdict).toBe('fail');
  });

  it('never passes where a run among those that count is not green', async () => {
    const word = fc.constantFrom('success', 'success', 'failure', 'cancelled', 'skipped', 'in_progress');
    const property = fc.asyncProperty(
      fc.array(word, { maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (words, cycles) => {
        const given = words.map((conclusion, i) =>
          conclusion === 'in_progress' ? { status: conclusion, ago: 1 + i } : { conclusion, ago: 1 + i },
        );
        const { verdict } = await verdictOf(given.map(githubRun), { cycles });
        const ended = words.filter((one) => one !== 'in_progress').slice(0, cycles);
        expect(verdict).toBe(ended.length === cycles && ended.every((one) => one === 'success') ? 'pass' : 'fail');
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});

describe('ci check of GitLab', () => {
  const gitlab = async (given: readonly Given[], config: object = {}) => {
    await using server = await startTestServer((_request, response) => json(response, given.map(gitlabPipeline)));
    const result = await run({ ...GITLAB, url: `${server.url}/api/v4`, ...config });
    return { ...result, requests: server.requests };
  };

  it.each([
    ['success', 'pass'],
    ['failed', 'fail'],
    ['canceled', 'fail'],
    ['skipped', 'fail'],
    ['manual', 'fail'],
    ['running', 'fail'],
    ['waiting_for_resource', 'fail'],
    ['new-word', 'fail'],
  ])('%s: %s', async (status, verdict) => {
    const result = await gitlab([{ status, ago: 1 }]);
    expect(result.verdict).toBe(verdict);
    expect(JSON.stringify(result.evidence)).toContain(status);
  });

  it('passes over one that runs, and not over one that waits for a person', async () => {
    expect((await gitlab([{ status: 'running', ago: 1 }, { ago: 7 }])).verdict).toBe('pass');
    expect((await gitlab([{ status: 'manual', ago: 1 }, { ago: 7 }])).verdict).toBe('fail');
  });

  it('asks GitLab as its documentation says', async () => {
    const { requests, verdict } = await gitlab([{ ago: 1 }], { source: 'schedule', repository: 'acme/apps/shop' });
    expect(verdict).toBe('pass');
    expect(requests[0]?.path).toBe(
      '/api/v4/projects/acme%2Fapps%2Fshop/pipelines?ref=main&order_by=id&sort=desc&per_page=100&source=schedule&page=1',
    );
  });

  it('counts only pipelines of the branch and the source', async () => {
    expect((await gitlab([{ ago: 1, more: { ref: 'refs/merge-requests/1/head' } }])).verdict).toBe('fail');
    expect((await gitlab([{ ago: 1, more: { source: 'push' } }], { source: 'schedule' })).verdict).toBe('fail');
  });
});

describe('ci check, refused or without an answer', () => {
  const reset = String(NOW / 1000 + 90);
  it.each([
    [401, {}, TerminalError, /answered 401 .*token may read/, null],
    [403, {}, TerminalError, /answered 403 .*token may read/, null],
    [403, { 'retry-after': '60' }, RetryableError, /too many requests/, 60_000],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, RetryableError, /too many/, 90_000],
    [429, { 'retry-after': '5' }, RetryableError, /too many requests/, 5000],
    [429, { 'ratelimit-reset': reset }, RetryableError, /too many requests/, 90_000],
    [429, {}, RetryableError, /too many requests/, null],
    [404, {}, TerminalError, /nightly.yml of acme\/shop: there is no such repository or workflow/, null],
    [301, {}, TerminalError, /only 200/, null],
    [204, {}, TerminalError, /only 200/, null],
    [500, {}, RetryableError, /answered 500/, null],
    [503, {}, RetryableError, /answered 503/, null],
  ] as const)('%i with %j', async (status, headers, kind, message, wait) => {
    await using server = await startTestServer((_request, response) => void response.writeHead(status, headers).end());
    const error = await rejectionOf(
      run({ ...GITHUB, url: server.url, token: { env: 'CI_TOKEN' } }, { CI_TOKEN: TOKEN }),
    );
    expectNamedError(error);
    expectNoSecrets(error, { TOKEN });
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(message);
    expect(error instanceof RetryableError ? error.retryAfterMs : null).toBe(wait);
  });

  it('reads in the words of a 403 that it is a limit', async () => {
    const body =
      '{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}';
    await using server = await startTestServer((_request, response) => void response.writeHead(403).end(body));
    expect(await rejectionOf(ask(server))).toBeInstanceOf(RetryableError);
  });

  it.each([
    ['', /not JSON/],
    ['<html>', /not JSON/],
    ['[]', /no list of workflow runs/],
    ['{"workflow_runs":[{"id":1}]}', /no list of workflow runs/],
    [JSON.stringify({ workflow_runs: [githubRun({ ago: 1, more: { created_at: 'yesterday' } })] }), /no list/],
    [`{"workflow_runs":[],"x":"${'x'.repeat(10_000_001)}"}`, /more than 10000000 bytes/],
  ])('never passes an answer that it cannot read: %.40s', async (body, message) => {
    await using server = await startTestServer((_request, response) => void response.end(body));
    const error = await rejectionOf(ask(server));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(message);
  });

  it.each(['..', '.', 'acme', 'acme/..', 'acme//shop', 'acme/shop/more', '../../admin'])(
    'makes no address of the repository %s',
    async (repository) => {
      await using server = await startGithub([githubRun({ ago: 1 })]);
      const config = { ...ciCheck.schema.parse({ ...GITHUB, url: server.url }), repository };
      const context = contextFor(ciCheck.needs, createTestContext({ now: () => NOW }));
      expect(await rejectionOf(ciCheck.run(config, context))).toBeInstanceOf(TerminalError);
      expect(server.requests).toEqual([]);
    },
  );

  it.each([
    { ...GITHUB, workflow: undefined },
    { ...GITHUB, workflow: '.github/workflows/nightly.yml' },
    { ...GITHUB, source: 'schedule' },
    { ...GITLAB, workflow: 'nightly.yml' },
    { ...GITHUB, cycles: 0 },
    { ...GITHUB, token: 'ghp_written-down' },
    { ...GITHUB, commit: 'main' },
    { ...GITHUB, from: 'jenkins' },
    { ...GITHUB, branch: '' },
  ])('refuses %j', (config) => {
    expect(ciCheck.schema.safeParse(config).success).toBe(false);
  });

  it('takes a template where a plan has one', () => {
    const config = { ...GITHUB, commit: '{{ artifact.git }}' };
    expect(ciCheck.schema.safeParse(config).success).toBe(true);
  });
});
