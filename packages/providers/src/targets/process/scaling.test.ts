import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetState } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import { rejectionOf } from '@slipway/provider-kit/testing';
import { expect, test, vi } from 'vitest';
import { shutdownEnvironment } from './index.ts';
import { environment, kill, siteOf } from './testing/site.ts';
import { until } from './testing/until.ts';
import type { ProcessWorld } from './testing/world.ts';
import { createWorld } from './testing/world.ts';

vi.setConfig({ testTimeout: 60_000 });

const idsOf = ({ versions }: TargetState) => versions.flatMap(({ instances }) => instances.map(({ id }) => id));

const recordOf = (world: ProcessWorld) => join(world.context.dataDirectory, environment, 'versions', '1.0.0.json');

test('a growth of which one instance never gets ready leaves as many as before, and can be done again', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const before = await site.scale('1.0.0', 2);
  world.tell('crash');
  const error = await rejectionOf(site.scale('1.0.0', 4));
  expect(error).toBeInstanceOf(RetryableError);
  expect(error).toMatchObject({ message: expect.stringContaining('kept ending before it was ready: exit code 3') });
  expect(await site.inspect()).toEqual({ versions: [before] });
  expect(world.pids()).toHaveLength(2);
  world.tell();
  expect(idsOf({ versions: [await site.scale('1.0.0', 4)] })).toEqual(['1.0.0/1', '1.0.0/2', '1.0.0/3', '1.0.0/4']);
});

test('a growth that is aborted in the middle leaves as many as before', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const before = await site.scale('1.0.0', 1);
  world.tell('slow-start');
  const controller = new AbortController();
  const grown = rejectionOf(site.scale('1.0.0', 2, controller.signal));
  await until(() => world.pids().length === 2);
  controller.abort();
  await grown;
  expect(await site.inspect()).toEqual({ versions: [before] });
  expect(world.pids()).toHaveLength(1);
});

test('a stop calls off a growth that is under way', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.scale('1.0.0', 1);
  world.tell('slow-start');
  const grown = rejectionOf(site.scale('1.0.0', 2));
  await until(() => world.pids().length === 2);
  await site.stop('1.0.0');
  expect(await grown).toMatchObject({ message: '1.0.0 was stopped while it started' });
  expect(world.pids()).toEqual([]);
});

test('a growth whose supervisor is killed in the middle leaves as many as before once somebody asks, and can be done again', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const before = await site.scale('1.0.0', 1);
  world.tell('slow-start');
  const grown = rejectionOf(site.scale('1.0.0', 3));
  await until(() => world.pids().length === 3);
  await site.killSupervisor();
  expect(await grown).toMatchObject({ name: 'RetryableError' });
  world.tell();
  await until(async () => idsOf(await site.inspect()).length === 1);
  expect(await site.inspect()).toEqual({ versions: [before] });
  expect(world.pids()).toHaveLength(1);
  expect((await site.scale('1.0.0', 3)).instances.map(({ ready }) => ready)).toEqual([true, true, true]);
});

test('a shrink whose supervisor is killed in the middle is finished by the next one', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0', world.config(['stubborn'], { instances: 3, drain: '1s' }));
  const [kept] = idsOf(await site.inspect());
  const shrunk = rejectionOf(site.scale('1.0.0', 1));
  await until(async () => (await site.inspect()).versions[0]?.instances.filter(({ ready }) => ready).length === 1);
  await site.killSupervisor();
  expect(await shrunk).toMatchObject({ name: 'RetryableError' });
  expect(world.pids()).toHaveLength(3);
  // What it was told before is on disk: nobody has to ask again, and nothing that leaves is ever told as ready.
  await until(async () => {
    const [version] = (await site.inspect()).versions;
    expect(version?.instances.filter(({ ready }) => ready).length).toBeLessThanOrEqual(1);
    return version?.instances.length === 1;
  });
  expect(idsOf(await site.inspect())).toEqual([kept]);
  expect(world.pids()).toHaveLength(1);
});

test('an order that follows the death of the supervisor waits until what was under way is over', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0', world.config(['stubborn'], { instances: 3, drain: '1s' }));
  const shrunk = rejectionOf(site.scale('1.0.0', 1));
  await until(async () => (await site.inspect()).versions[0]?.instances.filter(({ ready }) => ready).length === 1);
  await site.killSupervisor();
  await shrunk;
  const restored = await site.restore('1.0.0');
  expect(restored.instances.map(({ ready }) => ready)).toEqual([true, true, true]);
  expect(await site.inspect()).toEqual({ versions: [restored] });
  expect(world.pids()).toHaveLength(3);
});

test.each([1, 2, 3])(
  'a version of which the plan has another number since has %d where so many are asked for',
  async (instances) => {
    await using world = await createWorld();
    const site = siteOf(world);
    await site.start('1.0.0', world.config([], { instances: 2 }));
    const state = await site.scale('1.0.0', instances, undefined, world.config([], { instances: 5 }));
    expect(state.instances.map(({ ready }) => ready)).toEqual(Array.from({ length: instances }, () => true));
    await site.stop('1.0.0');
    expect((await site.restore('1.0.0')).instances).toHaveLength(2);
  },
);

test('instances that fell ill are waited for, also where the plan has another configuration since', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0', world.config([], { instances: 2 }));
  await kill(world.pids()[0] ?? 0);
  const state = await site.scale('1.0.0', 2, undefined, world.config([], { env: { GREETING: 'good evening' } }));
  expect(state.instances.map(({ ready }) => ready)).toEqual([true, true]);
});

test('what is not ready leaves first', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.scale('1.0.0', 3);
  world.tell('unready');
  const [first] = world.pids();
  await kill(first ?? 0);
  await until(async () => (await site.inspect()).versions[0]?.instances[2]?.restarts === 1);
  const listed = (await site.inspect()).versions[0]?.instances ?? [];
  expect(listed.map(({ ready }) => ready)).toEqual([true, true, false]);
  const after = await site.scale('1.0.0', 2);
  expect(after.instances).toEqual(listed.slice(0, 2));
  expect(state.instances).toEqual(expect.arrayContaining([...after.instances]));
});

test('a record that was written before versions were scaled is read as it was', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.scale('1.0.0', 1);
  await site.killSupervisor();
  const record = JSON.parse(readFileSync(recordOf(world), 'utf8'));
  const { stage, ...instance } = record.instances[0];
  expect(stage).toBe('serving');
  writeFileSync(recordOf(world), JSON.stringify({ ...record, instances: [instance] }));
  expect(await site.inspect()).toEqual({ versions: [state] });
});

test.each(['killed', 'ended'])(
  'an order that is late is refused also where the supervisor was %s since',
  async (how) => {
    await using world = await createWorld();
    const site = siteOf(world);
    await site.start('1.0.0', world.config([], { instances: 2 }));
    const revision = (await site.revision()) + 1;
    await site.stop('1.0.0');
    if (how === 'killed') await site.killSupervisor();
    else await shutdownEnvironment(world.context.dataDirectory, environment);
    const error = await rejectionOf(site.order({ version: '1.0.0', instances: 2, revision }));
    expect(error).toBeInstanceOf(RetryableError);
    expect(world.pids()).toEqual([]);
  },
);
