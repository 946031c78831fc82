import { type LaunchReport, launchReport, type ReleaseList, reportKind } from '@slipway/contract';
import { StorageError } from '@slipway/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from './app.ts';
import { BEARER, fakeServices } from './testing/fake-services.ts';
import { openApi, type RunningApi } from './testing/running-api.ts';

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

let api: RunningApi;
beforeAll(async () => {
  api = await openApi();
  await api.ask('launches', { text: PLAN, file: 'launch.yaml', directory: '.' });
  await api.until('tiny-1', ({ waitingFor }) => waitingFor.length > 0);
});
afterAll(() => api[Symbol.asyncDispose]());

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
    const json = launchReport.parse(await (await api.ask(`launches/tiny-1/reports/${kind}`, {})).json());
    expect(json).toMatchObject({ launch: 'tiny-1', document: { kind, language: 'en' } });
    expect(json.head?.seq).toBeGreaterThan(3);
    const french = await api.ask(`launches/tiny-1/reports/${kind}`, { format: 'markdown' }, 'fr');
    expect(french.headers.get('content-type')).toContain('text/markdown');
    expect(await french.text()).toMatch(/^##? /);
  });

  test('is made of the commits that came with the question', async () => {
    const body = { format: 'markdown', commits: [commit(), commit({ type: 'fix', subject: 'round to even' })] };
    const text = await (await api.ask('launches/tiny-1/reports/changelog', body)).text();
    expect(text).toContain('## [Unreleased]');
    expect(text).toContain('- pay with one click (0c5c2b7a)');
  });

  test.each([
    ['launches/nobody-1/reports/gate', {}, 404],
    ['launches/tiny-1/reports/poem', {}, 400],
    ['launches/tiny-1/reports/gate', { language: 'de' }, 400],
    ['launches/tiny-1/reports/changelog', { commits: [commit({ hash: '--all' })] }, 400],
    ['launches/tiny-1/reports/changelog', { commits: Array.from({ length: 5_001 }, () => commit()) }, 400],
    ['reports/poem', {}, 400],
  ] as const)('%s with %j is refused', async (path, body, status) => {
    expect((await api.ask(path, body)).status).toBe(status);
  });
});

describe('launches as releases', () => {
  test('a launch that brings nothing to production deploys nothing', async () => {
    const { releases, unreadable, omitted } = (await (await api.ask('releases')).json()) as ReleaseList;
    expect(releases).toMatchObject([{ launch: 'tiny-1', git: 'v1.0.0', previousGit: null, deploys: false }]);
    expect([unreadable, omitted]).toEqual([[], 0]);
    expect(await (await api.ask('launches/tiny-1/release')).json()).toEqual(releases[0]);
  });

  test.each(['dora', 'hotfixes'] as const)('%s', async (kind) => {
    const json = launchReport.parse(await (await api.ask(`reports/${kind}`, {})).json());
    expect(json).toMatchObject({ launch: null, head: null, document: { kind } });
    const text = await (await api.ask(`reports/${kind}`, { format: 'markdown' }, 'fr')).text();
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
