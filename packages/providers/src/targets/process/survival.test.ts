import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import { rejectionOf } from '@slipway/provider-kit/testing';
import { expect, test, vi } from 'vitest';
import { shutdownEnvironment } from './index.ts';
import { environment, kill, lives, siteOf } from './testing/site.ts';
import { until } from './testing/until.ts';
import { askAll, createWorld, secretValue } from './testing/world.ts';

vi.setConfig({ testTimeout: 60_000 });

test('the kill of the supervisor stops nothing; the next one adopts what runs', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0', world.working as object);
  const pids = world.pids();
  await site.killSupervisor();
  expect((await askAll(site.address(state)))['version']).toBe('1.0.0');
  expect(await site.inspect()).toEqual({ versions: [state] });
  expect(await site.start('1.0.0', world.working as object)).toEqual(state);
  expect(world.pids()).toEqual(pids);
  await site.stop('1.0.0');
  expect(world.pids()).toEqual([]);
});

test('an adopted instance that dies is started again on its port', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0');
  await site.killSupervisor();
  await site.inspect();
  await kill(world.pids()[0] ?? 0);
  await until(async () => {
    const [instance] = (await site.inspect()).versions[0]?.instances ?? [];
    return instance?.ready === true && instance.restarts === 1;
  });
  expect((await askAll(site.address(state)))['version']).toBe('1.0.0');
});

test('after the death of everything (a reboot) what needs no secret comes back by itself', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0', world.config([], { instances: 2 }));
  await site.killSupervisor();
  for (const pid of world.pids()) await kill(pid);
  await until(async () => (await site.inspect()).versions[0]?.instances.every(({ ready }) => ready) === true);
  const [version] = (await site.inspect()).versions;
  expect(version?.instances.map(({ address }) => address)).toEqual(state.instances.map(({ address }) => address));
  expect(world.pids()).toHaveLength(2);
});

test.each(['start', 'restore'] as const)(
  'what needs a secret is told as not ready until a %s hands it over again',
  async (how) => {
    await using world = await createWorld();
    const site = siteOf(world);
    const config = world.config([], { env: { SECRET: { env: 'TOKEN' } } });
    const state = await site.start('1.0.0', config);
    await site.killSupervisor();
    for (const pid of world.pids()) await kill(pid);
    expect(await site.inspect()).toMatchObject({ versions: [{ version: '1.0.0', instances: [{ ready: false }] }] });
    const again = how === 'start' ? await site.start('1.0.0', config) : await site.restore('1.0.0');
    expect(again.instances).toMatchObject([{ address: site.address(state), ready: true }]);
    expect((await askAll(site.address(state)))['secretLength']).toBe(secretValue.length);
  },
);

test('a start whose supervisor is killed in the middle leaves nothing once somebody asks, and can be done again', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const started = rejectionOf(site.start('1.0.0', world.endless.config as object));
  await world.endless.begun();
  await site.killSupervisor();
  expect(await started).toMatchObject({ name: 'RetryableError' });
  expect(world.pids()).toHaveLength(1);
  await until(async () => (await site.inspect()).versions.length === 0);
  expect(world.pids()).toEqual([]);
  await site.start('1.0.0');
  expect(world.pids()).toHaveLength(1);
});

test('a stop whose supervisor is killed in the middle is finished by the next one', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0', world.config(['stubborn'], { drain: '1s' }));
  const stopped = rejectionOf(site.stop('1.0.0'));
  await until(async () => (await site.inspect()).versions[0]?.instances[0]?.ready === false);
  await site.killSupervisor();
  expect(await stopped).toMatchObject({ name: 'RetryableError' });
  expect((await askAll(site.address(state)))['version']).toBe('1.0.0');
  await site.stop('1.0.0');
  expect(world.pids()).toEqual([]);
});

test('a process whose start was never recorded is found by its mark and ended', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0');
  await site.killSupervisor();
  const [pid = 0] = world.pids();
  // As if the supervisor had been killed between the start of the process and the record of its pid.
  const path = join(world.context.dataDirectory, environment, 'versions', '1.0.0.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...record, instances: [{ ...record.instances[0], process: null }] }));
  await until(async () => (await site.inspect()).versions[0]?.instances[0]?.ready === true);
  expect(lives(pid)).toBe(false);
  expect(world.pids()).toHaveLength(1);
});

test('a process whose record was removed is ended when the next version starts', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0');
  await site.killSupervisor();
  const [orphan = 0] = world.pids();
  rmSync(join(world.context.dataDirectory, environment, 'versions', '1.0.0.json'));
  await site.start('2.0.0');
  await until(() => !lives(orphan));
  expect(world.pids()).toHaveLength(1);
});

test('a pid that went to another process is left alone', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0');
  await site.killSupervisor();
  for (const pid of world.pids()) await kill(pid);
  const path = join(world.context.dataDirectory, environment, 'versions', '1.0.0.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  const stranger = { ...record.instances[0].process, pid: process.pid };
  writeFileSync(path, JSON.stringify({ ...record, instances: [{ ...record.instances[0], process: stranger }] }));
  await until(async () => (await site.inspect()).versions[0]?.instances[0]?.ready === true);
  await site.stop('1.0.0');
  expect(world.pids()).toEqual([]);
});

test.each(['', '{', '{"version":"1.0.0"}'])(
  'a record %j that cannot be read is an error, never "nothing runs"',
  async (text) => {
    await using world = await createWorld();
    const site = siteOf(world);
    await site.start('1.0.0');
    await shutdownEnvironment(world.context.dataDirectory, environment);
    const path = join(world.context.dataDirectory, environment, 'versions', '1.0.0.json');
    writeFileSync(path, text);
    const error = await rejectionOf(site.inspect());
    expect(error).toBeInstanceOf(TerminalError);
    expect(error).toMatchObject({ message: expect.stringContaining('is not a version') });
    rmSync(path);
  },
);

test('a supervisor that does not answer is an error, never "nothing runs"', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0');
  const pid = site.supervisorPid();
  process.kill(pid, 'SIGSTOP');
  try {
    expect(await rejectionOf(site.inspect())).toMatchObject({ name: 'RetryableError' });
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

test('SIGTERM for the supervisor (the machine shuts down) drains all; the next one starts again what ran', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0');
  const pid = site.supervisorPid();
  const response = await fetch(`http://${site.address(state)}/slow?ms=500`);
  process.kill(pid, 'SIGTERM');
  expect(await response.text()).toBe('begun done');
  await until(() => !lives(pid));
  expect(world.pids()).toEqual([]);
  await until(async () => (await site.inspect()).versions[0]?.instances[0]?.ready === true);
});

test('shutdownEnvironment stops all, the supervisor too; versions can be restored', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await shutdownEnvironment(world.context.dataDirectory, environment);
  await site.start('1.0.0');
  await site.start('2.0.0');
  const pid = site.supervisorPid();
  await shutdownEnvironment(world.context.dataDirectory, environment);
  expect(world.pids()).toEqual([]);
  // It gives its lock back in the instant before it is gone.
  await until(() => !lives(pid));
  expect(await site.inspect()).toEqual({ versions: [] });
  await shutdownEnvironment(world.context.dataDirectory, environment);
  expect((await site.restore('1.0.0')).instances).toMatchObject([{ ready: true }]);
});

test('without its data folder nothing goes on', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0');
  const pid = site.supervisorPid();
  rmSync(world.context.dataDirectory, { recursive: true });
  await until(() => !lives(pid) && world.pids().length === 0);
  expect(readdirSync(world.context.directory)).not.toContain('data');
});

test('a secret is on no disk and in no command line', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0', world.working as object);
  await rejectionOf(site.start('2.0.0', world.neverReady as object));
  const folder = join(world.context.dataDirectory, environment);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  // The app's own output is the app's: what it writes of its secrets stands in its log, which only its user may read.
  const texts = files
    .filter(({ name }) => !name.startsWith('2.0.0-') && !name.endsWith('.lock'))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.filter((text) => text.includes(secretValue))).toEqual([]);
  expect(texts.some((text) => text.includes('TOKEN'))).toBe(true);
  expect(execFileSync('ps', ['-axww', '-o', 'args='], { encoding: 'utf8' })).not.toContain(secretValue);
});
