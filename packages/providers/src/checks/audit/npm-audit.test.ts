import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  expectNamedError,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { auditCheck } from './index.ts';

const LOCK = {
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'shop', version: '1.0.0', dependencies: { minimist: '0.0.8' } },
    'node_modules/minimist': { version: '0.0.8', resolved: 'https://registry.example/minimist-0.0.8.tgz' },
  },
};

/** What a registry answers to a bulk query of advisories. */
const ADVISORIES = {
  minimist: [
    {
      id: 1179,
      url: 'https://github.com/advisories/GHSA-vh95-rmgr-6w4m',
      title: 'Prototype Pollution in minimist',
      severity: 'critical',
      vulnerable_versions: '<0.2.1',
      cwe: ['CWE-1321'],
      cvss: { score: 5.6, vectorString: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L' },
    },
  ],
};

const json = (response: ServerResponse, body: object) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const TOKEN = 's3cret-token';

/** A project with a lockfile in `web`, whose registry is at `url`, and npm with nothing of this machine's settings. */
async function createProject(url: string) {
  const directory = await createTemporaryDirectory();
  const web = join(directory.path, 'web');
  await mkdir(web);
  await writeFile(join(web, 'package.json'), JSON.stringify(LOCK.packages['']));
  await writeFile(join(web, 'package-lock.json'), JSON.stringify(LOCK));
  const { host } = new URL(url);
  await writeFile(join(web, '.npmrc'), `registry=${url}/\n//${host}/:_authToken=\${NPM_TOKEN}\n`);
  const env = {
    npm_config_cache: join(directory.path, 'cache'),
    npm_config_userconfig: join(directory.path, 'none'),
    NPM_TOKEN: { env: 'NPM_TOKEN' },
  };
  const run = async (config: object = {}, signal?: AbortSignal) => {
    const context = createTestContext({
      directory: directory.path,
      secrets: { NPM_TOKEN: TOKEN },
      ...(signal === undefined ? {} : { signal }),
    });
    const parsed = auditCheck.schema.parse({ directory: 'web', env, ...config });
    return await auditCheck.run(parsed, contextFor(auditCheck.needs, context));
  };
  return { ...directory, run };
}

const isBulk = (path: string): boolean => path.endsWith('/advisories/bulk');

const hasNpm = spawnSync('npm', ['--version'], { stdio: 'ignore' }).status === 0;
const skipped = hasNpm ? '' : ' (skipped: there is no npm)';

describe.skipIf(!hasNpm)(`audit check by npm${skipped}`, { timeout: 30_000 }, () => {
  it('asks the registry for every dependency, and fails with what it says', async () => {
    await using server = await startTestServer(({ path, headers }, response) => {
      if (isBulk(path) && headers.authorization === `Bearer ${TOKEN}`) json(response, ADVISORIES);
      else response.writeHead(404).end('{}');
    });
    await using project = await createProject(server.url);
    const result = await project.run();
    expect(result.verdict).toBe('fail');
    expect(result.evidence.items[1]).toEqual({
      asked: 'GHSA-vh95-rmgr-6w4m in minimist',
      found: 'critical: Prototype Pollution in minimist',
      expected: 'below high, or ignored',
      verdict: 'fail',
    });
    expectNoSecrets(result, { TOKEN });
  });

  it('passes where the registry knows of nothing', async () => {
    await using server = await startTestServer((_request, response) => json(response, {}));
    await using project = await createProject(server.url);
    const { verdict, evidence } = await project.run();
    expect(verdict).toBe('pass');
    expect(evidence.summary).toBe('No findings of severity high or worse: 0 in 1 dependencies');
  });

  it.each([
    [404, TerminalError, /got no audit \(404\): use a registry that gives audits/],
    [401, TerminalError, /got no audit \((401|E401)\)/],
    [503, RetryableError, /got no audit \(503\)/],
  ])('cannot ask a registry that answers %i', async (status, kind, message) => {
    await using server = await startTestServer((_request, response) => void response.writeHead(status).end('{}'));
    await using project = await createProject(server.url);
    const error = await rejectionOf(project.run());
    expectNamedError(error);
    expectNoSecrets(error, { TOKEN });
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(message);
  });

  it('may try again where nobody is there', async () => {
    await using project = await createProject(await refusedUrl());
    const error = await rejectionOf(project.run());
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toContain('no answer of the registry');
  });

  it('needs a lockfile', async () => {
    await using project = await createProject('http://127.0.0.1:9');
    const error = await rejectionOf(project.run({ directory: '.' }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toContain('npm install --package-lock-only');
  });

  it('needs a folder', async () => {
    await using project = await createProject('http://127.0.0.1:9');
    expect(await rejectionOf(project.run({ directory: 'gone' }))).toBeInstanceOf(TerminalError);
  });

  it('is ended when it takes too long, and when it is called off', async () => {
    await using server = await startTestServer(() => undefined);
    await using project = await createProject(server.url);
    const late = await rejectionOf(project.run({ timeout: '1s' }));
    expect(late).toBeInstanceOf(RetryableError);
    expect(String(late)).toContain('had not ended after 1s');
    const controller = new AbortController();
    const before = server.requests.length;
    const rejection = rejectionOf(project.run({}, controller.signal));
    await vi.waitUntil(() => server.requests.length > before, { timeout: 20_000 });
    controller.abort();
    expect(await rejection).toBeInstanceOf(Error);
  });
});
