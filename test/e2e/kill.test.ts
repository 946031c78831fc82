import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchRecord, LaunchView, Verification } from '@slipway/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runVisitors } from '../../examples/shop/visitors.ts';

const ROOT = join(import.meta.dirname, '../..');
const PATIENCE = 60_000;

let folder: string;
let server: { readonly child: ChildProcess; readonly url: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-kill-'));
  cpSync(join(ROOT, 'examples/shop'), folder, { recursive: true });
  server = await startServer();
});

afterEach(async () => {
  for (const environment of ['shop-staging', 'shop-production'])
    await api('POST', `/environments/${environment}/shutdown`).catch(() => null);
  const ended = new Promise((done) => server.child.once('exit', done));
  server.child.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

async function startServer(): Promise<typeof server> {
  const argv = [
    join(ROOT, 'packages/server/src/main.ts'),
    '--listen',
    '127.0.0.1:0',
    '--data',
    join(folder, '.slipway'),
    '--workspace',
    folder,
  ];
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
  });
  return { child, url: (JSON.parse(line) as { readonly url: string }).url };
}

async function killAndRestart(): Promise<void> {
  const dead = new Promise((done) => server.child.once('exit', done));
  server.child.kill('SIGKILL');
  await dead;
  server = await startServer();
}

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const token = readFileSync(join(folder, '.slipway/token'), 'utf8').trim();
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

const start = (text: string, artifactVersion: string) =>
  api<LaunchView>('POST', '/launches', { text, file: 'launch.yaml', directory: '.', artifactVersion });

async function until(id: string, what: (view: LaunchView) => boolean): Promise<LaunchView> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const view = await api<LaunchView>('GET', `/launches/${id}`);
    if (what(view)) return view;
    if (Date.now() > deadline) throw new Error(`${id} did not get there: ${view.headline} ${view.causes.join()}`);
    await pass(50);
  }
}

const has = (view: LaunchView, step: string, state: string) =>
  view.phases.some((phase) => phase.steps.some((each) => each.id === step && each.state === state));

async function expectWholeChain(id: string): Promise<LaunchRecord> {
  const record = await api<LaunchRecord>('GET', `/launches/${id}/record?format=json`);
  expect(await api<Verification>('POST', '/records/verify', record)).toMatchObject({ ok: true, problem: null });
  return record;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

test('killed while a rollout is watched under load, it goes on to the end and no request is lost', async () => {
  const port = await freePort();
  const environment = `environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 2 } }
    router: { builtin: { listen: ${port}, sticky: { cookie: visitor } } }`;
  const first = `launch: first\nartifact: { name: shop }\n${environment}\nphases: [{ phase: install, steps: [{ deploy: production }] }]\n`;
  const next = `launch: next
artifact: { name: shop }
${environment}
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 20
        steps: [{ weight: 25, hold: 3s }, { weight: 100, hold: 2s }]
`;
  const { id: firstId } = await start(first, '1.0.0');
  await until(firstId, (view) => view.state === 'completed');
  const leaving = new AbortController();
  const visits = runVisitors({ url: `http://127.0.0.1:${port}`, ratePerSecond: 60, signal: leaving.signal });
  const { id } = await start(next, '2.2.0');
  await until(id, (view) => (view.look?.samples ?? 0) > 0);
  await killAndRestart();
  const ended = await until(id, (view) => view.endedAt !== null || view.state === 'held');
  leaving.abort();
  const report = await visits;
  expect(ended).toMatchObject({ state: 'completed', environments: [{ split: [{ version: '2.2.0', weight: 100 }] }] });
  expect(report.lost).toBe(0);
  expect(Object.values(report.byVersion).reduce((sum, version) => sum + version.bad, 0)).toBe(0);
  await expectWholeChain(id);
}, 120_000);

const run = (extra: string) => `launch: run
artifact: { name: shop, version: 1.0.0 }
phases:
  - phase: change
    steps:
      - run: Write a line
        command: [node, append.mjs]
        effect: executive
        undo: { none: only a test }
${extra}      - run: Afterwards
        command: [node, --eval, '']
        effect: read-only
`;
const lines = (): number => readFileSync(join(folder, 'lines.txt'), 'utf8').trim().split('\n').length;

/** Writes its line at once and then goes on for long: whoever dies meanwhile does not know that the line is there. */
function writeSlowCommand(): void {
  const script =
    "import { appendFileSync } from 'node:fs'; appendFileSync('lines.txt', 'done\\n'); setTimeout(() => {}, 8000);";
  writeFileSync(join(folder, 'append.mjs'), script);
  writeFileSync(
    join(folder, 'verify.mjs'),
    "import { existsSync } from 'node:fs'; process.exit(existsSync('lines.txt') ? 0 : 1);",
  );
}

async function killInTheMiddle(plan: string): Promise<string> {
  writeSlowCommand();
  const { id } = await start(plan, '1.0.0');
  const deadline = Date.now() + PATIENCE;
  const written = (): boolean => readFileSync(join(folder, 'lines.txt'), { encoding: 'utf8', flag: 'a+' }) !== '';
  while (!written() && Date.now() < deadline) await pass(20);
  await killAndRestart();
  return id;
}

test('killed in the middle of a command that can be verified, it finds it done and does not do it twice', async () => {
  const id = await killInTheMiddle(run('        verify: [node, verify.mjs]\n'));
  const ended = await until(id, (view) => view.endedAt !== null || view.state === 'held');
  expect(ended.state).toBe('completed');
  expect(lines()).toBe(1);
  const { events } = await expectWholeChain(id);
  expect(
    events.filter(({ event }) => event.type === 'effect-started' && event['effect'] === 'write-a-line:0.0'),
  ).toHaveLength(1);
}, 120_000);

test('killed in the middle of a command that nobody can verify, it asks a person and goes on at the answer', async () => {
  const id = await killInTheMiddle(run(''));
  const held = await until(id, (view) => view.state === 'held');
  expect(held.causes.join()).toContain('nobody knows whether it was done');
  expect(has(held, 'afterwards', 'waiting')).toBe(true);
  await api('POST', `/launches/${id}/commands`, {
    type: 'answer',
    effect: 'write-a-line:0.0',
    done: true,
    reason: 'the line is there',
  });
  expect(await until(id, (view) => view.endedAt !== null)).toMatchObject({ state: 'completed' });
  expect(lines()).toBe(1);
  await expectWholeChain(id);
}, 120_000);
