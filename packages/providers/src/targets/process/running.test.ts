import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { expectNamedError, rejectionOf } from '@slipway/provider-kit/testing';
import { expect, test, vi } from 'vitest';
import { kill, siteOf } from './testing/site.ts';
import { until } from './testing/until.ts';
import { askAll, createWorld } from './testing/world.ts';

vi.setConfig({ testTimeout: 60_000 });

test('an instance that crashes is started again on the same port', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const { instances } = await site.start('1.0.0', world.config([], { instances: 2 }));
  const [first = '', second = ''] = instances.map(({ address }) => address);
  const before = await Promise.all([askAll(first), askAll(second)]);
  await rejectionOf(fetch(`http://${first}/crash`));
  await until(async () => {
    const [version] = (await site.inspect()).versions;
    return version?.instances.every(({ ready }) => ready) === true && version.instances[0]?.restarts === 1;
  });
  const [version] = (await site.inspect()).versions;
  expect(version?.instances.map(({ address, restarts }) => [address, restarts])).toEqual([
    [first, 1],
    [second, 0],
  ]);
  const after = await Promise.all([askAll(first), askAll(second)]);
  expect(after[0]?.['pid']).not.toBe(before[0]?.['pid']);
  expect(after[1]).toEqual(before[1]);
});

test('one that is killed over and over comes back, with a longer pause each time', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const { address } = { address: site.address(await site.start('1.0.0')) };
  const pauses: number[] = [];
  for (const restarts of [1, 2, 3]) {
    const begun = performance.now();
    await kill(world.pids()[0] ?? 0);
    await until(async () => (await site.inspect()).versions[0]?.instances[0]?.restarts === restarts);
    pauses.push(performance.now() - begun);
    await until(async () => (await site.inspect()).versions[0]?.instances[0]?.ready === true);
  }
  expect(pauses[0]).toBeGreaterThan(200);
  expect(pauses[1]).toBeGreaterThan(400);
  expect(pauses[2]).toBeGreaterThan(800);
  expect((await askAll(address))['version']).toBe('1.0.0');
});

test('an instance gets its port, address, version, environment and settings, and nothing of the server', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const env = { GREETING: 'hello', SECRET: { env: 'TOKEN' } };
  const state = await site.start('2.5.0', world.config([], { 'port-variable': 'LISTEN_ON', env }));
  expect(await askAll(site.address(state))).toMatchObject({
    version: '2.5.0',
    environment: 'production',
    greeting: 'hello',
    secretLength: world.context.secrets?.['TOKEN']?.length,
    variables: expect.not.arrayContaining(['VITEST', 'NODE_ENV', 'PORT', 'SLIPWAY_DAEMON']),
  });
});

test('a stop lets a request in flight finish', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0');
  const response = await fetch(`http://${site.address(state)}/slow?ms=1000`);
  const stopped = site.stop('1.0.0');
  expect(await response.text()).toBe('begun done');
  await stopped;
  expect(world.pids()).toEqual([]);
});

test('while a version drains it is there, and not ready', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0', world.config(['stubborn'], { drain: '2s' }));
  const stopped = site.stop('1.0.0');
  await until(async () => (await site.inspect()).versions[0]?.instances[0]?.ready === false);
  expect((await askAll(site.address(state)))['version']).toBe('1.0.0');
  await stopped;
  expect(await site.inspect()).toEqual({ versions: [] });
});

const wrapped = { command: ['sh', '-c', `${process.execPath} app.mjs & wait`] };

test.each([
  { what: 'that ignores SIGTERM', modes: ['stubborn'], keys: {}, processes: 1 },
  { what: 'behind a shell that does not pass SIGTERM on', modes: [], keys: wrapped, processes: 1 },
  { what: 'with a child in a session of its own', modes: ['child'], keys: {}, processes: 2 },
])('an app $what ends with its version, all of it', async ({ modes, keys, processes }) => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0', world.config(modes, { drain: '300ms', ...keys }));
  await until(() => world.pids().length === processes);
  await site.stop('1.0.0');
  expect(world.pids()).toEqual([]);
});

test.each([
  [{ command: ['no-such-program'] }, /^The program no-such-program is not found: install it or correct "command"$/],
  [{ command: ['./missing'] }, /^The program \.\/missing is not found: install it or correct "command"$/],
  [{ command: ['./plain.txt'] }, /^The program .* may not be run: make it executable or correct "command"$/],
  [{ directory: 'nowhere' }, /^The folder .*nowhere to run it in does not exist: correct "directory" or create it$/],
])('%j is a one-line error that says what to do', async (keys, message) => {
  await using world = await createWorld();
  const plain = join(world.context.directory, 'plain.txt');
  writeFileSync(plain, 'plain');
  chmodSync(plain, 0o644);
  const error = await rejectionOf(siteOf(world).start('1.0.0', world.config([], keys)));
  expect(error).toBeInstanceOf(TerminalError);
  expectNamedError(error);
  expect(error).toMatchObject({ message: expect.stringMatching(message) });
});

test('a crash loop is told with how it ended and what it wrote, without the secret', async () => {
  await using world = await createWorld();
  const error = await rejectionOf(siteOf(world).start('1.0.0', world.neverReady as object));
  expect(error).toBeInstanceOf(RetryableError);
  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^Instance 1\.0\.0\/[12] kept ending before it was ready: exit code 3; it wrote: reading the configuration \| the secret is \[redacted\], the database is missing$/,
    ),
  });
});

test('one that answers otherwise is told with the answer', async () => {
  await using world = await createWorld();
  const config = world.config(['unready'], { ready: { timeout: '1s' } });
  await expect(siteOf(world).start('1.0.0', config)).rejects.toThrow(
    /^Instance 1\.0\.0\/1 was not ready after 1s: GET \/healthz answered 503, not 200; it wrote nothing$/,
  );
});

test('a first start that fails once is tried again, on another port, which may have been the cause', async () => {
  await using world = await createWorld();
  const state = await siteOf(world).start('1.0.0', world.config(['crash-once']));
  expect(state.instances).toMatchObject([{ ready: true, restarts: 0 }]);
  const folder = join(world.context.directory, 'pids');
  const ports = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect([ports.length, new Set(ports).size]).toEqual([2, 2]);
});

test('readiness is what the plan says it is', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0', world.config(['unready'], { ready: { status: 503 } }));
  expect(state.instances).toMatchObject([{ ready: true }]);
});

test('a running version is not changed under the hand', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0');
  await expect(site.start('1.0.0', world.config([], { instances: 2 }))).rejects.toThrow(
    new TerminalError('1.0.0 already runs here with another configuration: stop it first'),
  );
  expect(world.pids()).toHaveLength(1);
});

test('a stop calls off a start that is under way', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const started = rejectionOf(site.start('1.0.0', world.endless.config as object));
  await world.endless.begun();
  await site.stop('1.0.0');
  expect(await started).toMatchObject({ name: 'RetryableError', message: '1.0.0 was stopped while it started' });
  expect(world.pids()).toEqual([]);
  expect(await site.inspect()).toEqual({ versions: [] });
});
