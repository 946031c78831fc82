import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchView, TokenCreated } from '@slipway/contract';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';

let workspace: string;
let server: RunningServer;

const options = (host: string) => ({
  listen: { host, port: 0 },
  workspace,
  dataDirectory: join(workspace, '.slipway'),
  logger: pino({ level: 'silent' }),
  environment: { SLIPWAY_PERSON: 'ada@shop.example' },
});

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'slipway-api-'));
  server = await startServer(options('127.0.0.1'));
});

afterEach(async () => {
  await server.stop(0);
  rmSync(workspace, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function call(
  method: string,
  path: string,
  request: { readonly token?: string | null; readonly body?: unknown; readonly language?: string } = {},
): Promise<Answer> {
  const token = request.token === undefined ? server.token : request.token;
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.language === undefined ? {} : { 'accept-language': request.language }),
  };
  const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
  const response = await fetch(`${server.url}${path}`, { method, headers, ...body });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

async function tokenFor(person: string, role: string): Promise<string> {
  const { body } = await call('POST', '/api/v1/tokens', { body: { person, role } });
  return (body as TokenCreated).token;
}

const PLAN = `launch: tiny
artifact: { name: tiny, version: 1.0.0 }
people: { boss: [ada@shop.example] }
phases:
  - phase: decision
    steps:
      - check: The workspace is there
        command: { argv: [ls] }
      - signoff: go
        by: { boss: 1 }
`;
const start = (text = PLAN, directory = '.') =>
  call('POST', '/api/v1/launches', { body: { text, file: 'launch.yaml', directory } });

async function untilAsked(id: string): Promise<LaunchView> {
  for (let tries = 0; tries < 500; tries += 1) {
    const { body } = await call('GET', `/api/v1/launches/${id}`);
    const view = body as LaunchView;
    if (view.waitingFor.length > 0 || view.endedAt !== null) return view;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('nobody was asked');
}

interface Watch {
  /** Reads on until what was streamed holds a text. Answers with the state of the newest view. */
  readonly until: (text: string) => Promise<string | undefined>;
  readonly end: () => void;
}

async function watch(id: string, language: string): Promise<Watch> {
  const abort = new AbortController();
  const { body } = await fetch(`${server.url}/api/v1/launches/${id}/stream`, {
    headers: { authorization: `Bearer ${server.token}`, 'accept-language': language },
    signal: abort.signal,
  });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const until = async (text: string): Promise<string | undefined> => {
    while (!heard.includes(text)) {
      const next = await reader?.read();
      if (next === undefined || next.done) throw new Error(`the stream ended without ${text}`);
      heard += next.value;
    }
    return [...heard.matchAll(/"state":"([a-z-]+)","headline"/g)].at(-1)?.[1];
  };
  return { until, end: () => abort.abort() };
}

describe('who may call', () => {
  test.each([
    ['no token', null, 401],
    ['a token that nobody has', `slipway_${'x'.repeat(43)}`, 401],
  ])('%s', async (_, token, status) => {
    expect(await call('GET', '/api/v1/launches', { token })).toMatchObject({
      status,
      body: { code: 'unauthenticated' },
    });
  });

  test.each([
    ['viewer', 'GET', '/api/v1/launches', 200],
    ['viewer', 'POST', '/api/v1/launches', 403],
    ['member', 'POST', '/api/v1/launches', 403],
    ['operator', 'POST', '/api/v1/launches', 201],
    ['operator', 'GET', '/api/v1/tokens', 403],
    ['operator', 'POST', '/api/v1/environments/tiny-production/shutdown', 403],
    ['admin', 'GET', '/api/v1/tokens', 200],
  ])('%s: %s %s gives %d', async (role, method, path, status) => {
    const token = await tokenFor('eve@shop.example', role);
    const body =
      path === '/api/v1/launches' && method === 'POST'
        ? { body: { text: PLAN, file: 'launch.yaml', directory: '.' } }
        : {};
    expect((await call(method, path, { token, ...body })).status).toBe(status);
  });

  test('a token taken away no longer opens', async () => {
    const { body } = await call('POST', '/api/v1/tokens', { body: { person: 'eve@shop.example', role: 'viewer' } });
    const { id, token } = body as TokenCreated;
    expect((await call('DELETE', `/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await call('GET', '/api/v1/launches', { token })).status).toBe(401);
  });

  test('no token of anybody lies in the data folder but the one of this machine', async () => {
    const token = await tokenFor('eve@shop.example', 'viewer');
    const folder = join(workspace, '.slipway');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(readFileSync(join(file.parentPath, file.name)).includes(token)).toBe(false);
  });
});

describe('starting a launch', () => {
  test('a plan with mistakes is refused with all of them at their places, and nothing starts', async () => {
    const text = PLAN.replace('boss: 1', 'chief: 1').replace('phase: decision', 'fase: decision');
    const { status, body } = await start(text);
    expect(status).toBe(422);
    expect((body as { problems: string[] }).problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^launch\.yaml:5:5: /),
        expect.stringMatching(/^launch\.yaml:10:15: /),
      ]),
    );
    expect((await call('GET', '/api/v1/launches')).body).toEqual({ launches: [], unreadable: [], omitted: 0 });
  });

  test.each([
    ['above', '..'],
    ['elsewhere', '/'],
    ['not there', 'nowhere'],
    ['through a link', 'link'],
  ])('a plan whose folder lies %s is refused', async (_, directory) => {
    symlinkSync(tmpdir(), join(workspace, 'link'));
    expect(await start(PLAN, directory)).toMatchObject({ status: 400, body: { code: 'wrong-input' } });
  });

  test('a launch keeps its own copy of the plan', async () => {
    mkdirSync(join(workspace, 'app'));
    const { body } = await start(PLAN, 'app');
    const { id, planDigest } = body as LaunchView;
    const other = (await start(PLAN.replace('name: tiny', 'name: other'), 'app')).body as LaunchView;
    expect(other.planDigest).not.toBe(planDigest);
    expect((await untilAsked(id)).planDigest).toBe(planDigest);
  });
});

describe('a vote', () => {
  test('counts once, by somebody who holds the role, on the facts of now', async () => {
    const { id } = (await start()).body as LaunchView;
    const [asked] = (await untilAsked(id)).waitingFor;
    const basis = asked?.basis?.seq ?? 0;
    const vote = { type: 'vote', step: 'go', vote: 'go', reason: 'seen' };
    const send = (body: unknown, token?: string) =>
      call('POST', `/api/v1/launches/${id}/commands`, token === undefined ? { body } : { body, token });
    const eve = await tokenFor('eve@shop.example', 'member');
    expect(await send({ ...vote, basis }, eve)).toMatchObject({
      status: 403,
      body: {
        code: 'not-allowed',
        message: expect.stringMatching(/^eve@shop\.example .*boss .*\. On a local server SLIPWAY_PERSON/),
      },
    });
    expect(await send({ ...vote, basis: basis - 1 })).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await send({ ...vote, basis })).toMatchObject({ status: 200, body: { state: 'completed' } });
    expect(await send({ ...vote, basis })).toMatchObject({ status: 409 });
  });

  test('NO-GO before production scrubs the launch', async () => {
    const { id } = (await start()).body as LaunchView;
    const [asked] = (await untilAsked(id)).waitingFor;
    const body = { type: 'vote', step: 'go', vote: 'no-go', reason: 'not today', basis: asked?.basis?.seq };
    expect(await call('POST', `/api/v1/launches/${id}/commands`, { body })).toMatchObject({
      status: 200,
      body: { state: 'scrubbed', causes: ['NO-GO by ada@shop.example: not today'] },
    });
  });
});

describe('the language', () => {
  const hold = { type: 'hold', reason: 'lunch' };

  test("is each caller's own", async () => {
    const started = await call('POST', '/api/v1/launches', {
      body: { text: PLAN, file: 'launch.yaml', directory: '.' },
      language: 'fr',
    });
    const { id, headline } = started.body as LaunchView;
    expect(headline).toMatch(/^(Démarrage|Decision : )/);
    await untilAsked(id);
    const path = `/api/v1/launches/${id}`;
    expect((await call('POST', `${path}/commands`, { body: hold, language: 'fr' })).body).toMatchObject({
      headline: 'Suspendu : lunch',
    });
    expect((await call('GET', path, { language: 'fr-FR,fr;q=0.9' })).body).toMatchObject({
      headline: 'Suspendu : lunch',
    });
    expect((await call('GET', path, { language: 'de' })).body).toMatchObject({ headline: 'Held: lunch' });
    expect((await call('GET', '/api/v1/launches', { language: 'fr' })).body).toMatchObject({
      launches: [{ headline: 'Suspendu : lunch' }],
    });
    expect((await call('GET', '/api/v1/launches')).body).toMatchObject({ launches: [{ headline: 'Held: lunch' }] });
  });

  test("is each watcher's own, for the view at once and for every change", async () => {
    const { id } = (await start()).body as LaunchView;
    await untilAsked(id);
    const [english, french] = await Promise.all([watch(id, 'en'), watch(id, 'fr')]);
    expect(await Promise.all([english.until('GO or'), french.until('GO ou')])).toEqual(['running', 'running']);
    await call('POST', `/api/v1/launches/${id}/commands`, { body: hold });
    expect(await Promise.all([english.until('"Held: lunch"'), french.until('"Suspendu : lunch"')])).toEqual([
      'held',
      'held',
    ]);
    english.end();
    french.end();
  });

  test.each([
    ['', 'fr', '## Faits'],
    ['', 'en', '## Facts'],
    ['&language=en', 'fr', '## Facts'],
    ['&language=fr', 'en', '## Faits'],
  ])("of a record is the one asked for by name (%j), else the caller's own (%s)", async (query, language, heading) => {
    const { id } = (await start()).body as LaunchView;
    const response = await fetch(`${server.url}/api/v1/launches/${id}/record?format=markdown${query}`, {
      headers: { authorization: `Bearer ${server.token}`, 'accept-language': language },
    });
    expect(await response.text()).toContain(heading);
  });
});

describe('the API', () => {
  test.each([
    ['GET', '/api/v1/launches/none', undefined, 404],
    ['GET', '/api/v1/launches/none/stream', undefined, 404],
    ['GET', '/api/v1/nothing', undefined, 404],
    ['POST', '/api/v1/launches', { text: PLAN }, 400],
    ['POST', '/api/v1/launches/none/commands', { type: 'explode' }, 400],
  ])('%s %s with %j gives %d', async (method, path, body, status) => {
    expect((await call(method, path, body === undefined ? {} : { body })).status).toBe(status);
  });

  test('describes every route', async () => {
    const { body } = await call('GET', '/api/v1/openapi.json', { token: null });
    const paths = Object.keys((body as { paths: object }).paths);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/api/v1/launches/{id}/commands',
        '/api/v1/launches/{id}/stream',
        '/api/v1/tokens',
        '/api/v1/records/verify',
      ]),
    );
  });

  test('describes which answers come in the language of the caller', async () => {
    const { body } = await call('GET', '/api/v1/openapi.json', { token: null });
    const { paths } = body as { paths: Record<string, Record<string, { parameters?: { name: string }[] }>> };
    const spoken = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { parameters = [] }]) => parameters.some(({ name }) => name === 'accept-language'))
        .map(([method]) => `${method} ${path}`),
    );
    expect(spoken.toSorted()).toEqual([
      'get /api/v1/flags/{set}',
      'get /api/v1/flags/{set}/flags/{flag}',
      'get /api/v1/flags/{set}/history',
      'get /api/v1/flags/{set}/stale',
      'get /api/v1/launches',
      'get /api/v1/launches/{id}',
      'get /api/v1/launches/{id}/record',
      'get /api/v1/launches/{id}/stream',
      'post /api/v1/advice',
      'post /api/v1/flags/{set}/evaluate',
      'post /api/v1/flags/{set}/flags/{flag}/kill',
      'post /api/v1/flags/{set}/flags/{flag}/unkill',
      'post /api/v1/launches',
      'post /api/v1/launches/{id}/commands',
      'post /api/v1/launches/{id}/reports/{kind}',
      'post /api/v1/plans/calendar',
      'post /api/v1/plans/report',
      'post /api/v1/reports/{kind}',
    ]);
  });

  test('streams the view at once', async () => {
    const { id } = (await start()).body as LaunchView;
    const abort = new AbortController();
    const response = await fetch(`${server.url}/api/v1/launches/${id}/stream`, {
      headers: { authorization: `Bearer ${server.token}` },
      signal: abort.signal,
    });
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? { value: undefined };
    abort.abort();
    expect(new TextDecoder().decode(value)).toMatch(/^id: \d+\nevent: view\ndata: \{"id":"tiny-1"/);
  });
});

describe('an environment', () => {
  const app = "require('http').createServer((_, r) => r.end('ok')).listen(process.env.PORT, process.env.HOST)";
  const text = `launch: tiny
artifact: { name: tiny, version: 1.0.0 }
people: { boss: [ada@shop.example] }
environments:
  staging: { tier: staging, target: { process: { command: [node, -e, "${app}"] } } }
phases:
  - phase: staging
    steps:
      - deploy: staging
      - signoff: go
        by: { boss: 1 }
`;

  test('is not shut down under an active launch, and is afterwards', async () => {
    const { id } = (await start(text)).body as LaunchView;
    const shutDown = () => call('POST', '/api/v1/environments/tiny.staging/shutdown');
    const { waitingFor } = await untilAsked(id);
    expect(waitingFor).toMatchObject([{ step: 'go' }]);
    expect(await shutDown()).toMatchObject({ status: 409, body: { message: expect.stringContaining(id) } });
    const basis = waitingFor[0]?.basis?.seq;
    const go = { type: 'vote', step: 'go', vote: 'go', reason: '', basis };
    expect(await call('POST', `/api/v1/launches/${id}/commands`, { body: go })).toMatchObject({
      body: { state: 'completed' },
    });
    expect(await shutDown()).toEqual({ status: 204, body: null });
  });
});

describe('a server', () => {
  test('knows at each start who sits at this machine', async () => {
    await server.stop(0);
    server = await startServer({ ...options('127.0.0.1'), environment: { SLIPWAY_PERSON: 'grace@shop.example' } });
    expect((await call('GET', '/api/v1/server')).body).toMatchObject({ person: 'grace@shop.example', role: 'admin' });
  });

  test('does not start on a data folder that others may write', async () => {
    const dataDirectory = join(workspace, 'shared');
    mkdirSync(dataDirectory);
    chmodSync(dataDirectory, 0o777);
    await expect(startServer({ ...options('127.0.0.1'), dataDirectory })).rejects.toThrow('chmod 700');
    expect(readdirSync(dataDirectory)).toEqual([]);
  });

  test('has its data folder to itself', async () => {
    await expect(startServer(options('127.0.0.1'))).rejects.toThrow(/in use by process \d+/);
  });

  test('listens beyond this machine only once a person has a token', async () => {
    await server.stop(0);
    await expect(startServer(options('0.0.0.0'))).rejects.toThrow('while nobody has a token');
    server = await startServer(options('127.0.0.1'));
  });

  test('says in one line that a port is taken', async () => {
    const port = Number(new URL(server.url).port);
    const other = {
      ...options('127.0.0.1'),
      listen: { host: '127.0.0.1', port },
      dataDirectory: join(workspace, 'other'),
    };
    await expect(startServer(other)).rejects.toThrow(`port ${port} on 127.0.0.1 is taken`);
  });
});
