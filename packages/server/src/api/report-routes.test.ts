import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LaunchReport, launchReport, type LaunchView, type ReleaseList, reportKind } from '@slipway/contract';
import { StorageError } from '@slipway/engine';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';
import { buildApp } from './app.ts';
import { BEARER, fakeServices } from './testing/fake-services.ts';

const PLAN = `launch: tiny
artifact: { name: tiny, version: 1.0.0, git: v1.0.0 }
people: { boss: [ada@shop.example] }
phases:
  - phase: decision
    steps:
      - check: The workspace is there
        command: { argv: [ls] }
      - signoff: go
        by: { boss: 1 }
`;

let workspace: string;
let server: RunningServer;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'slipway-reports-'));
  server = await startServer({
    listen: { host: '127.0.0.1', port: 0 },
    workspace,
    dataDirectory: join(workspace, '.slipway'),
    logger: pino({ level: 'silent' }),
    environment: { SLIPWAY_PERSON: 'ada@shop.example' },
  });
  await ask('/api/v1/launches', { text: PLAN, file: 'launch.yaml', directory: '.' });
  for (let tries = 0; tries < 500; tries += 1) {
    const view = (await (await ask('/api/v1/launches/tiny-1')).json()) as LaunchView;
    if (view.waitingFor.length > 0) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('nobody was asked');
});

afterAll(async () => {
  await server.stop(0);
  rmSync(workspace, { recursive: true, force: true });
});

function ask(path: string, body?: unknown, language = 'en'): Promise<Response> {
  const headers = { authorization: `Bearer ${server.token}`, 'accept-language': language };
  if (body === undefined) return fetch(`${server.url}${path}`, { headers });
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const commit = (changes: object = {}) => ({
  hash: '0c5c2b7a9d',
  at: 1,
  type: 'feat',
  scope: null,
  subject: 'pay with one click',
  breaking: false,
  breakingNote: '',
  references: [],
  ...changes,
});

describe('a document about a launch', () => {
  test.each(reportKind.options)('%s, as JSON and as Markdown, in both languages', async (kind) => {
    const json = launchReport.parse(await (await ask(`/api/v1/launches/tiny-1/reports/${kind}`, {})).json());
    expect(json).toMatchObject({ launch: 'tiny-1', document: { kind, language: 'en' } });
    expect(json.head?.seq).toBeGreaterThan(3);
    const french = await ask(`/api/v1/launches/tiny-1/reports/${kind}`, { format: 'markdown' }, 'fr');
    expect(french.headers.get('content-type')).toContain('text/markdown');
    expect(await french.text()).toMatch(/^##? /);
  });

  test('is made of the commits that came with the question', async () => {
    const body = { format: 'markdown', commits: [commit(), commit({ type: 'fix', subject: 'round to even' })] };
    const text = await (await ask('/api/v1/launches/tiny-1/reports/changelog', body)).text();
    expect(text).toContain('## [Unreleased]');
    expect(text).toContain('- pay with one click (0c5c2b7a)');
  });

  test.each([
    ['/api/v1/launches/nobody-1/reports/gate', {}, 404],
    ['/api/v1/launches/tiny-1/reports/poem', {}, 400],
    ['/api/v1/launches/tiny-1/reports/gate', { language: 'de' }, 400],
    ['/api/v1/launches/tiny-1/reports/changelog', { commits: [commit({ hash: '--all' })] }, 400],
    ['/api/v1/launches/tiny-1/reports/changelog', { commits: Array.from({ length: 5_001 }, () => commit()) }, 400],
    ['/api/v1/reports/poem', {}, 400],
  ] as const)('%s with %j is refused', async (path, body, status) => {
    expect((await ask(path, body)).status).toBe(status);
  });
});

describe('launches as releases', () => {
  test('a launch that brings nothing to production deploys nothing', async () => {
    const { releases, unreadable, omitted } = (await (await ask('/api/v1/releases')).json()) as ReleaseList;
    expect(releases).toMatchObject([{ launch: 'tiny-1', git: 'v1.0.0', previousGit: null, deploys: false }]);
    expect([unreadable, omitted]).toEqual([[], 0]);
    expect(await (await ask('/api/v1/launches/tiny-1/release')).json()).toEqual(releases[0]);
  });

  test.each(['dora', 'hotfixes'] as const)('%s', async (kind) => {
    const json = launchReport.parse(await (await ask(`/api/v1/reports/${kind}`, {})).json());
    expect(json).toMatchObject({ launch: null, head: null, document: { kind } });
    const text = await (await ask(`/api/v1/reports/${kind}`, { format: 'markdown' }, 'fr')).text();
    expect(text).toContain(kind === 'dora' ? '# Métriques DORA' : '# Suivi des hotfixes');
  });

  test('one that cannot be read is said not to be counted', async () => {
    const row = { id: 'shop-1', name: 'shop', version: 1, active: false, startedAt: Date.now() };
    const services = await fakeServices({
      engine: {
        list: async () => [row],
        find: () => Promise.reject(new StorageError('damaged', 'event 3 is not as it was written')),
      },
    });
    const app = await buildApp(services);
    const headers = { ...BEARER, host: 'localhost' };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/reports/dora', headers, payload: {} });
    expect(answer.json<LaunchReport>().document.figures).toMatchObject({ notRead: 1, deployments: 0 });
    const listed = await app.inject({ method: 'GET', url: '/api/v1/releases', headers });
    expect(listed.json()).toEqual({ releases: [], unreadable: ['shop-1'], omitted: 0 });
  });
});
