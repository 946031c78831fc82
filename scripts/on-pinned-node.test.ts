import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const locked = {
  '': {},
  'node_modules/yaml': { version: '2.0.0', integrity: 'sha512-a' },
  'node_modules/of-another-platform': { version: '1.0.0', optional: true },
};
const { 'node_modules/of-another-platform': _absent, ...installed } = locked;

/** A repository of its own, with an npm that only notes that it was called. */
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-pinned-'));
  await mkdir(join(root, 'scripts'));
  await mkdir(join(root, 'bin'));
  await mkdir(join(root, 'node_modules'));
  await cp(new URL('on-pinned-node.mjs', import.meta.url), join(root, 'scripts/on-pinned-node.mjs'));
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: locked }));
  await npmThat('echo "npm $1" >> calls');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const npmThat = (does: string) => writeFile(join(root, 'bin/npm'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
const install = (packages: object) =>
  writeFile(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));

/** Starts the script in that repository; `source` is what it is asked to run. */
async function start(source: string, args: string[] = [], env: Record<string, string> = {}) {
  await writeFile(join(root, 'scripts/asked.mjs'), source);
  const { SLIPWAY_PACKAGES: _ready, npm_lifecycle_event: _npm, ...outer } = process.env;
  const path = [join(root, 'bin'), process.env['PATH']].join(delimiter);
  const child = spawn(process.execPath, ['scripts/on-pinned-node.mjs', 'scripts/asked.mjs', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...outer, PATH: path, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, output }));
  return { child, ended };
}

const INSTALLING = "Installing Slipway's packages (once)…\n";

test.each([
  ['what the lock file says', installed, {}, ''],
  ['nothing', undefined, {}, INSTALLING],
  ['an older version', { ...installed, 'node_modules/yaml': { version: '1.0.0' } }, {}, INSTALLING],
  ['other content', { ...installed, 'node_modules/yaml': { version: '2.0.0', integrity: 'sha512-b' } }, {}, INSTALLING],
  ['less than the lock file says', { '': {} }, {}, INSTALLING],
  ['nothing, in a nested call', undefined, { SLIPWAY_PACKAGES: 'ready' }, ''],
])('installed: %s', async (_name, packages, env, says) => {
  if (packages !== undefined) await install(packages);
  const { ended } = await start("console.log('ran')", [], env);
  expect(await ended).toEqual({ code: 0, output: `${says}ran\n` });
});

test('a failed install shows the whole error and what to do, and runs nothing', async () => {
  await npmThat('echo "npm error code ETARGET" >&2; exit 1');
  const { ended } = await start("console.log('ran')");
  const { code, output } = await ended;
  expect(code).toBe(1);
  expect(output).toMatch(/^Installing.*\nnpm error code ETARGET\nnpm ci failed \(above\)\. Check .*\n$/);
});

test.each([
  ['exit code', 'process.exit(7)', 7, ''],
  ['arguments', 'console.log(process.argv.slice(2).join())', 0, 'a,b c\n'],
  ['Node', 'console.log(Number.parseInt(process.versions.node) >= 24)', 0, 'true\n'],
  ['commands of node_modules first', 'console.log(/^[^:;]*\\.bin[:;]/.test(process.env.PATH))', 0, 'true\n'],
  ['nested calls are told', 'console.log(process.env.SLIPWAY_PACKAGES)', 0, 'ready\n'],
  ['death by a signal', "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)", 137, ''],
])('passes on: %s', async (_name, source, code, output) => {
  await install(installed);
  const { ended } = await start(source, ['a', 'b c']);
  expect(await ended).toEqual({ code, output });
});

test.each(['SIGINT', 'SIGTERM'] as const)('passes on %s', async (signal) => {
  await install(installed);
  const waits = `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')`;
  const { child, ended } = await start(waits);
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(await ended).toEqual({ code: 5, output: 'up\n' });
});
