import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Api } from '../api/api.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { withEphemeralServer } from '../connection/ephemeral-server.ts';
import { resolveServerMain } from '../connection/server-main.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { runCommand, testContext } from '../testing/test-context.ts';
import { findProject } from './find-project.ts';
import type { Project } from './project.ts';

type Files = Readonly<Record<string, string>>;

/** A plan is read by the server, which alone knows the plan language: one of its own for all these tests. */
let api: Api;
const done = Promise.withResolvers<void>();
let server: Promise<void>;
beforeAll(async () => {
  const ready = Promise.withResolvers<Endpoint>();
  const context = testContext({ cwd: tmpdir(), env: process.env, now: Date.now, serverMain: resolveServerMain });
  server = withEphemeralServer(context, messagesFor('en'), async (endpoint) => {
    ready.resolve(endpoint);
    await done.promise;
  });
  server.catch(ready.reject);
  const endpoint = await ready.promise;
  api = new Api(async () => endpoint, messagesFor('en'));
}, 60_000);
afterAll(async () => {
  done.resolve();
  await server;
});

let above: string;
let folder: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), 'slipway-init-'));
  folder = join(above, 'shop');
  mkdirSync(folder);
});
afterEach(() => rmSync(above, { recursive: true, force: true }));

function write(files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A repository of one person on one branch. */
function repository(email: string, branch: string): void {
  const git = (...args: readonly string[]): void => void execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init');
  git('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
  git('config', 'user.email', email);
}

const init = (...argv: readonly string[]): ReturnType<typeof runCommand> =>
  runCommand(['init', ...argv], { cwd: folder });
const plan = (): string => readFileSync(join(folder, 'launch.yaml'), 'utf8');

/** Writes the plan of the folder and has it read. */
async function expectValidPlan(): Promise<string> {
  const { code, errors } = await init();
  expect([code, errors]).toEqual([0, '']);
  const report = await api.reportPlan({ text: plan(), file: 'launch.yaml' });
  expect(report.problems).toEqual([]);
  return plan();
}

const json = (value: unknown): string => JSON.stringify(value);
const APP = { name: 'shop', version: '1.2.3', scripts: { start: 'node server.js', test: 'node --test', build: 'tsc' } };
const SERVICE = 'kind: Service\nmetadata:\n  name: web\n';
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels: { app: x }\n  name: "checkout"\n';
const TEMPLATE = 'kind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n';

const NOTHING: Project = {
  name: 'shop',
  version: null,
  unreadablePackage: false,
  node: null,
  git: null,
  dockerfile: false,
  vercel: false,
  kubernetes: null,
};
const NODE = { packageManager: 'npm', start: ['node', 'server.js'], hasTests: true, hasBuild: true };
const started = (start: string, lock = 'package-lock.json'): Files => ({
  'package.json': json({ scripts: { start } }),
  [lock]: '',
});
const bare = { ...NODE, hasTests: false, hasBuild: false };

describe('a folder, what is found in it, and lines of the plan that is written', () => {
  test.each<[string, Files, Partial<Project>, readonly string[]]>([
    ['nothing', {}, {}, ['launch: shop', '      command: [sh, deploy.sh]', 'version: "0.1.0" } # Fill in']],
    [
      'a Node app',
      { 'package.json': json(APP) },
      { version: '1.2.3', node: NODE },
      [
        'artifact: { name: shop, version: "1.2.3" }',
        '        command: [node, server.js] # it must listen',
        '        command: [npm, test]',
        '        command: [npm, run, build]',
        '    - rollout: production',
      ],
    ],
    [
      'a start script that needs a shell',
      started('NODE_ENV=production node server.js'),
      { node: { ...bare, start: ['npm', 'run', 'start'] } },
      ['command: [npm, run, start]'],
    ],
    [
      'a start script with options',
      started('node --env-file=.env src/main.ts --port=1'),
      { node: { ...bare, start: ['node', '--env-file=.env', 'src/main.ts', '--port=1'] } },
      ['command: [node, "--env-file=.env", src/main.ts, "--port=1"]'],
    ],
    [
      'pnpm',
      started('vite', 'pnpm-lock.yaml'),
      { node: { ...bare, packageManager: 'pnpm', start: ['pnpm', 'run', 'start'] } },
      ['command: [pnpm, run, start]'],
    ],
    [
      'yarn',
      started('vite', 'yarn.lock'),
      { node: { ...bare, packageManager: 'yarn', start: ['yarn', 'run', 'start'] } },
      ['command: [yarn, run, start]'],
    ],
    [
      'bun',
      started('vite', 'bun.lock'),
      { node: { ...bare, packageManager: 'bun', start: ['bun', 'run', 'start'] } },
      ['command: [bun, run, start]'],
    ],
    [
      'tests that npm wrote to fail',
      { 'package.json': json({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }) },
      { node: { ...bare, start: null } },
      ['command: [sh, deploy.sh]'],
    ],
    ['a Dockerfile', { Dockerfile: '' }, { dockerfile: true }, ['command: [sh, deploy.sh]']],
    [
      'Vercel',
      { 'package.json': json(APP), 'vercel.json': '{}' },
      { version: '1.2.3', node: NODE, vercel: true },
      ['command: [vercel, deploy, "--prod"]', 'undo: { command: [vercel, rollback] }', '# No environments'],
    ],
    ['a folder linked to Vercel', { '.vercel/project.json': '{}' }, { vercel: true }, ['command: [vercel, deploy,']],
    [
      'Kubernetes, before Vercel and before a start script',
      { 'package.json': json(APP), 'vercel.json': '{}', 'k8s/service.yml': SERVICE, 'k8s/app.yaml': DEPLOYMENT },
      {
        version: '1.2.3',
        node: NODE,
        vercel: true,
        kubernetes: { folder: 'k8s', chart: false, deployments: ['checkout'] },
      },
      ['command: [kubectl, apply, "--filename", k8s]', 'command: [kubectl, rollout, undo, deployment/checkout]'],
    ],
    [
      'Kubernetes with two documents in one file, with CRLF',
      { 'deploy/all.yaml': `${SERVICE}---\n${DEPLOYMENT}`.replaceAll('\n', '\r\n') },
      { kubernetes: { folder: 'deploy', chart: false, deployments: ['checkout'] } },
      ['deployment/checkout'],
    ],
    [
      'Kubernetes whose names are templates',
      { 'manifests/app.yaml': TEMPLATE },
      { kubernetes: { folder: 'manifests', chart: false, deployments: [] } },
      ['# Fill in: the name of the deployment.', 'deployment/app'],
    ],
    [
      'a Helm chart',
      { 'charts/my shop/Chart.yaml': '', 'charts/my shop/templates/app.yaml': TEMPLATE },
      { kubernetes: { folder: 'charts/my shop', chart: true, deployments: [] } },
      ['command: [helm, upgrade, "--install", "--wait", app, "charts/my shop"]'],
    ],
    [
      'a folder called deploy without a Deployment',
      { 'deploy/service.yaml': SERVICE },
      {},
      ['command: [sh, deploy.sh]'],
    ],
    ['a file called k8s', { k8s: DEPLOYMENT }, {}, ['command: [sh, deploy.sh]']],
  ])('%s', async (_, files, project, lines) => {
    write(files);
    expect(await findProject(folder)).toEqual({ ...NOTHING, ...project });
    const text = await expectValidPlan();
    for (const line of lines) expect(text).toContain(line);
  });
});

describe('a repository', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'a plain one',
      'ada@shop.example',
      'main',
      ['release-manager: [ada@shop.example]', 'git: { clean: true, branch: main }'],
    ],
    [
      'quotes',
      `o'hara"@shop.example`,
      `it's-"1"`,
      [String.raw`[o'hara\"@shop.example]`.replace(/\[|\]/g, '"'), String.raw`branch: "it's-\"1\""`],
    ],
    ['letters of other languages', 'zoë@é.example', 'función/日本', ['["zoë@é.example"]', 'branch: "función/日本"']],
    ['a branch that YAML takes for something else', 'a@b.example', 'no', ['branch: "no"']],
    ['a branch that the plan language takes for a template', 'a@b.example', 'a{{b}}', ['git: { clean: true }']],
    ['an e-mail that is no id', 'Ada Lovelace <ada@shop.example>', 'main', ['release-manager: [you@example.com]']],
  ])('with %s', async (_, email, branch, lines) => {
    repository(email, branch);
    const text = await expectValidPlan();
    for (const line of lines) expect(text).toContain(line);
  });
});

describe('the name of a plan', () => {
  test.each([
    ['@team/My App', 'my-app'],
    ['it\'s "quoted"', 'it-s-quoted'],
    ['Café Zürich', 'cafe-zurich'],
    ['日本', 'app'],
    ['2048-game', 'game'],
    ['--x--', 'x'],
    ['true', 'true'],
    ['a'.repeat(49) + '-b', 'a'.repeat(49)],
    ['', 'app'],
  ])('from %j is %s', async (name, expected) => {
    write({ 'package.json': json({ name }) });
    expect((await findProject(folder)).name).toBe(expected);
    const report = await expectValidPlan().then(() => api.reportPlan({ text: plan(), file: 'launch.yaml' }));
    expect(report.launch).toBe(expected);
  });

  test('without one in package.json is the name of the folder', async () => {
    const spaced = join(above, 'My "Été" shop');
    mkdirSync(spaced);
    expect((await findProject(spaced)).name).toBe('my-ete-shop');
  });
});

describe('a version', () => {
  test.each([
    ['2.0.0-rc.1+build', '2.0.0-rc.1+build'],
    ['1', '1'],
    ['$(reboot)', null],
    ['v '.repeat(80), null],
  ])('%j is taken as %j', async (version, expected) => {
    write({ 'package.json': json({ version }) });
    expect((await findProject(folder)).version).toBe(expected);
    expect(await expectValidPlan()).toContain(`version: "${expected ?? '0.1.0'}" }`);
  });
});

describe('a package.json that is broken', () => {
  test.each<[string, string]>([
    ['no JSON', '{"name": '],
    ['a list', '[]'],
    ['empty', ''],
  ])('%s is said, and the plan written without it', async (_, text) => {
    write({ 'package.json': text });
    const { code, out } = await init();
    expect(code).toBe(0);
    expect(out).toContain('what package.json says: it cannot be read');
    expect((await api.reportPlan({ text: plan(), file: 'launch.yaml' })).problems).toEqual([]);
  });

  test.each<[string, string, string | null]>([
    ['a byte order mark', `\uFEFF${json(APP)}`, '1.2.3'],
    ['a version that is a number', json({ ...APP, version: 1 }), null],
    ['a script that is no text', json({ ...APP, scripts: { ...APP.scripts, odd: null } }), '1.2.3'],
  ])('only by %s gives the rest', async (_, text, version) => {
    write({ 'package.json': text });
    expect(await findProject(folder)).toEqual({ ...NOTHING, version, node: NODE });
  });
});

describe('the command', () => {
  test('tells what it found, what it could not know, and what comes next', async () => {
    repository('ada@shop.example', 'main');
    write({ 'package.json': json({ ...APP, version: undefined }), Dockerfile: '' });
    const { out } = await init();
    expect(out.split('\n').slice(0, -1)).toEqual([
      'Written: launch.yaml',
      'Found:',
      '  · a Node app, started by: node server.js (npm)',
      '  · a Dockerfile',
      '  · a git repository on main',
      'Could not know (look for "Fill in" in the file):',
      '  · who decides: the roles under people',
      '  · where people are told: the channels',
      '  · the version of the artifact',
      '  · the path that says that the app is well, and the ports of staging and production',
      '  · where the image of the Dockerfile runs: Slipway does not deploy containers yet',
      'Next: slipway validate launch.yaml, then slipway plan launch.yaml',
      'Then commit launch.yaml, before slipway start: its first check wants a clean working tree',
    ]);
  });

  test('speaks of a commit only where there is a repository', async () => {
    const { out } = await init();
    expect(out).not.toContain('commit');
  });

  test('overwrites nothing, unless it is told to', async () => {
    write({ 'launch.yaml': 'launch: mine\n' });
    expect(await init()).toEqual({
      code: 3,
      out: '',
      errors: 'slipway: launch.yaml exists: choose another name with --file, or overwrite it with --force\n',
    });
    expect(plan()).toBe('launch: mine\n');
    expect((await init('--force')).code).toBe(0);
    expect(plan()).toContain('launch: shop\n');
  });

  test('writes to a name with spaces and quotes', async () => {
    const file = `it's "our" plan.yaml`;
    const { code, out } = await init('--json', '--file', file);
    expect([code, JSON.parse(out)]).toMatchObject([0, { file, found: [] }]);
    expect(readFileSync(join(folder, file), 'utf8')).toContain('launch: shop\n');
  });

  test('says in one line that it cannot write', async () => {
    const { code, out, errors } = await init('--file', 'no/such/folder/launch.yaml');
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(/^slipway: no\/such\/folder\/launch\.yaml cannot be written: ENOENT[^\n]*\n$/);
  });
});
