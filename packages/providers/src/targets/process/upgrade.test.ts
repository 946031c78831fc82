import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ensureDaemon } from '../../daemon/index.ts';
import { filesOfEnvironment } from './environment-files.ts';
import { supervisorName } from './supervisor-wire.ts';
import type { ProcessSite } from './testing/site.ts';
import { environment, lives, siteOf } from './testing/site.ts';
import { createWorld } from './testing/world.ts';
import type { ProcessWorld } from './testing/world.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Leaves version 1.0.0 to a supervisor of before, with a record as that one wrote it; gives the supervisor's pid. */
async function leaveToOlder(world: ProcessWorld): Promise<number> {
  const { directory, versions } = filesOfEnvironment(world.context.dataDirectory, environment);
  await siteOf(world).killSupervisor();
  const path = join(versions, '1.0.0.json');
  const record = JSON.parse(readFileSync(path, 'utf8'));
  const instances = record.instances.map(({ stage: _stage, ...instance }: Record<string, unknown>) => instance);
  writeFileSync(path, JSON.stringify({ ...record, instances }));
  const entry = new URL('./testing/older-supervisor.ts', import.meta.url);
  const settings = { environment, idleMs: 60_000 };
  const address = { directory, name: supervisorName, version: 1 };
  return (await ensureDaemon({ ...address, entry, settings, startTimeoutMs: 20_000 })).pid;
}

test.each<[string, (site: ProcessSite) => Promise<unknown>, number]>([
  ['inspect', (site) => site.inspect(), 2],
  ['grow', (site) => site.scale('1.0.0', 3), 3],
  ['restore', (site) => site.restore('1.0.0'), 2],
  ['stop of another version', (site) => site.stop('0.9.0'), 2],
])('after an upgrade with a supervisor of before, a %s goes on and no instance ends', async (_what, ask, count) => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0', world.config([], { instances: 2 }));
  const pids = world.pids();
  const old = await leaveToOlder(world);
  await ask(site);
  expect(lives(old)).toBe(false);
  expect(world.pids()).toHaveLength(count);
  expect(world.pids()).toEqual(expect.arrayContaining([...pids]));
  expect((await site.inspect()).versions[0]?.instances).toEqual(expect.arrayContaining([...state.instances]));
});

test('after an upgrade with a supervisor of before, a stop leaves nothing', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  await site.start('1.0.0', world.config([], { instances: 2 }));
  await leaveToOlder(world);
  await site.stop('1.0.0');
  expect(world.pids()).toEqual([]);
});

test('any number that ask at once after an upgrade get one supervisor', async () => {
  await using world = await createWorld();
  const site = siteOf(world);
  const state = await site.start('1.0.0');
  const pids = world.pids();
  await leaveToOlder(world);
  const states = await Promise.all(Array.from({ length: 6 }, () => site.inspect()));
  expect(states).toEqual(Array.from({ length: 6 }, () => ({ versions: [state] })));
  expect(world.pids()).toEqual(pids);
});
