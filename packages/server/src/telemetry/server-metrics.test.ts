import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchView, TokenCreated } from '@slipway/contract';
import { type Database, StorageError, VersionConflict } from '@slipway/engine';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../start-server.ts';
import { METRICS } from './catalogue.ts';
import { observedDatabase } from './observed-database.ts';
import { observedQueue } from './observed-queue.ts';
import { observedStore } from './observed-store.ts';
import { type Exposed, readExposed } from './testing/exposed.ts';

const PAGE = join(import.meta.dirname, '../../../../docs/how-to/observe-the-server.md');
const PERSON = 'ada@shop.example';
const PLAN = `launch: moonshot
artifact: { name: moonshot, version: 9.8.7 }
people: { boss: [${PERSON}] }
phases:
  - phase: decision
    steps:
      - check: The workspace is there
        command: { argv: [ls] }
      - wait: A moment
        for: 1ms
      - signoff: go
        by: { boss: 1 }
`;

let workspace: string;
let server: RunningServer;

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'slipway-metrics-'));
  server = await startServer({
    listen: { host: '127.0.0.1', port: 0 },
    workspace,
    dataDirectory: join(workspace, '.slipway'),
    logger: pino({ level: 'silent' }),
    environment: { SLIPWAY_PERSON: PERSON },
  });
});

afterEach(async () => {
  await server.stop(0);
  rmSync(workspace, { recursive: true, force: true });
});

function ask(path: string, token: string | null = server.token, body?: unknown): Promise<Response> {
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const how = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return fetch(`${server.url}${path}`, { headers, ...how });
}

async function startLaunch(): Promise<void> {
  const started = await ask('/api/v1/launches', server.token, { text: PLAN, file: 'launch.yaml', directory: '.' });
  expect(started.status).toBe(201);
  for (let tries = 0; tries < 500; tries += 1) {
    const view = (await (await ask('/api/v1/launches/moonshot-1')).json()) as LaunchView;
    if (view.waitingFor.length > 0) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('nobody was asked');
}

async function exposed(): Promise<Exposed> {
  return readExposed(await (await ask('/metrics')).text());
}

describe('who may read the metrics', () => {
  test('nobody without a token, be it on the same machine', async () => {
    expect((await ask('/metrics', null)).status).toBe(401);
    expect((await ask('/metrics', `slipway_${'x'.repeat(43)}`)).status).toBe(401);
  });

  test('a viewer', async () => {
    const made = await ask('/api/v1/tokens', server.token, { person: 'prometheus', role: 'viewer' });
    const answer = await ask('/metrics', ((await made.json()) as TokenCreated).token);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
  });
});

describe('what a server says of itself', () => {
  test('is in the catalogue, with its type and its labels', async () => {
    await startLaunch();
    const { types, labels } = await exposed();
    const catalogue = Object.fromEntries(Object.values(METRICS).map((metric) => [metric.name, metric]));
    for (const [name, type] of Object.entries(types)) expect([name, catalogue[name]?.type]).toEqual([name, type]);
    for (const [name, own] of Object.entries(labels))
      expect(catalogue[name]?.labels).toEqual(expect.arrayContaining([...own]));
  });

  test('follows what it does', async () => {
    await startLaunch();
    await ask('/no/such/route');
    const { samples } = await exposed();
    expect(samples).toMatchObject({
      'slipway_launches{state="running"}': 1,
      'slipway_launches{state="held"}': 0,
      'slipway_queue_depth{due="later"}': 0,
      slipway_queue_in_flight: 0,
      slipway_work_failures_total: 0,
      slipway_append_conflicts_total: 0,
      slipway_stream_watchers: 0,
      'slipway_effect_duration_seconds_count{kind="check",outcome="done"}': 1,
      'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/api/v1/launches",http_response_status_code="201"}': 1,
      'http_server_request_duration_seconds_count{http_request_method="GET",http_route="none",http_response_status_code="404"}': 1,
      [`slipway_build_info{version="0.1.0",node="${process.versions.node}"}`]: 1,
    });
    expect(samples['slipway_timer_lateness_seconds_count']).toBeGreaterThan(0);
    expect(samples['process_resident_memory_bytes']).toBeGreaterThan(1_000_000);
    expect(samples['process_cpu_seconds_total']).toBeGreaterThan(0);
    const delay = 'nodejs_eventloop_delay_seconds{percentile="99"}';
    await expect.poll(async () => (await exposed()).samples[delay] ?? 0).toBeGreaterThan(0);
  });

  test('counts a live stream while it is open, and not among the requests', async () => {
    await startLaunch();
    const leaving = new AbortController();
    const path = `${server.url}/api/v1/launches/moonshot-1/stream`;
    await fetch(path, { headers: { authorization: `Bearer ${server.token}` }, signal: leaving.signal });
    expect((await exposed()).samples['slipway_stream_watchers']).toBe(1);
    leaving.abort();
    let last = await exposed();
    while (last.samples['slipway_stream_watchers'] !== 0) last = await exposed();
    expect(Object.keys(last.samples).filter((line) => line.includes('/stream'))).toEqual([]);
  });

  test('counts a stream that was refused, and a method that nobody has under no name of its own', async () => {
    await ask('/api/v1/launches/nowhere-1/stream');
    await fetch(`${server.url}/metrics`, { method: 'PROPFIND' });
    const { samples } = await exposed();
    expect(samples).toMatchObject({
      'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/api/v1/launches/:id/stream",http_response_status_code="404"}': 1,
      'http_server_request_duration_seconds_count{http_request_method="_OTHER",http_route="none",http_response_status_code="401"}': 1,
    });
  });

  test('counts what became of requests for feature flags, which are not among the other requests', async () => {
    await fetch(`${server.url}/ofrep/v1/evaluate/flags`, { method: 'POST', body: '{}' });
    const { samples } = await exposed();
    expect(samples).toMatchObject({
      slipway_flag_streams: 0,
      slipway_flag_evaluations_total: 0,
      'slipway_flag_refusals_total{http_response_status_code="401"}': 1,
    });
    expect(Object.keys(samples).filter((line) => line.includes('ofrep'))).toEqual([]);
  });

  test('names no launch, no person, no folder and no token', async () => {
    await startLaunch();
    await ask(`/api/v1/launches/moonshot-1?who=${PERSON}`);
    const text = await (await ask('/metrics')).text();
    expect(text).not.toMatch(/moonshot|9\.8\.7|ada@|shop\.example|workspace is there/);
    expect(text).not.toContain(workspace);
    expect(text).not.toContain(server.token);
  });
});

const byName = ([a = '']: readonly (string | undefined)[], [b = '']: readonly (string | undefined)[]) =>
  a.localeCompare(b);

test('the page for operators lists every metric, with its type and its labels', () => {
  const rows = [...readFileSync(PAGE, 'utf8').matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*?) *\|/gm)];
  const listed = rows.map(([, name, type, labels = '']) => [name, type, labels.replaceAll('`', '')]);
  const known = Object.values(METRICS).map(({ name, type, labels }) => [name, type, labels.join(', ')]);
  expect(listed.toSorted(byName)).toEqual(known.toSorted(byName));
});

describe('what is counted on the way', () => {
  const failing = (error: Error) => () => Promise.reject(error);

  test('a refusal of the database: once, by its code, and it is still a refusal', async () => {
    const full = new StorageError('full', 'the disk is full');
    const bare: Database = {
      query: failing(full),
      transaction: (work) => work({ query: failing(full) }),
      close: async () => {},
    };
    const codes: string[] = [];
    const database = observedDatabase(bare, (code) => codes.push(code));
    await expect(database.query('select 1')).rejects.toBe(full);
    await expect(database.transaction((tx) => tx.query('select 1'))).rejects.toBe(full);
    expect(codes).toEqual(['full', 'full']);
  });

  test('what a transaction is asked for reaches the database', async () => {
    const asked: unknown[] = [];
    const bare: Database = {
      query: async () => [],
      transaction: (work, ...rest) => (asked.push(...rest), work({ query: async () => [] })),
      close: async () => {},
    };
    await observedDatabase(bare, () => {}).transaction(async () => 1, { wayBack: true });
    expect(asked).toEqual([{ wayBack: true }]);
  });

  test.each([
    [new VersionConflict('somebody was first'), 1],
    [new Error('anything else'), 0],
  ])('%s: %d conflicts', async (error, expected) => {
    let conflicts = 0;
    const bare = {
      append: failing(error),
      read: async () => [],
      find: async () => null,
      list: async () => [],
      listActive: async () => [],
      versions: async () => new Map(),
      count: async () => 0,
    };
    const store = observedStore(bare, () => (conflicts += 1));
    const append = {
      launch: 'a',
      name: 'a',
      expected: 0,
      events: [],
      enqueue: [],
      complete: [],
      active: true,
      release: false,
    };
    await expect(store.append(append)).rejects.toBe(error);
    expect(conflicts).toBe(expected);
  });

  test('work is told of and handed on, with the word that it was lost; an error stays one', async () => {
    const failure = new Error('no');
    const { signal } = new AbortController();
    const told: unknown[] = [];
    const work = { id: 'w', launch: 'a', effect: null, dueAt: 0 };
    const bare = {
      enqueue: async () => {},
      complete: async () => {},
      goOn: async () => {},
      start: (handle: (each: typeof work, lost: AbortSignal) => Promise<void>) => handle(work, signal),
      nudge: () => {},
      stop: async () => {},
    };
    const queue = observedQueue(bare, ({ id }) => (told.push(id), (ok) => told.push(ok)));
    await queue.start(async (...handed) => void told.push(...handed));
    await expect(queue.start(failing(failure))).rejects.toBe(failure);
    expect(told).toEqual(['w', work, signal, true, 'w', false]);
  });
});
