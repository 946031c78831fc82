import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { RetryableError } from '@slipway/provider-kit';
import { portOf, rejectionOf } from '@slipway/provider-kit/testing';
import { expect, test, vi } from 'vitest';
import { processSchema } from '../schema.ts';
import { kill } from '../testing/site.ts';
import { createWorld } from '../testing/world.ts';
import type { ProcessWorld } from '../testing/world.ts';
import { until } from '../testing/until.ts';
import type { InstanceRecord } from '../version-record.ts';
import { specOf } from '../version-spec.ts';
import { VersionStore } from '../version-store.ts';
import { freePort } from './free-port.ts';
import type { ProcessControl } from './process-control.ts';
import { processControl } from './process-control.ts';
import { Supervisor } from './supervisor.ts';
import { VersionLogs } from './version-logs.ts';

vi.setConfig({ testTimeout: 30_000 });

const signal = new AbortController().signal;

/** A supervisor in this process, and how to open the next one on what it left. */
function stageOf(world: ProcessWorld) {
  const directory = world.context.directory;
  const [versions, logFolder] = [join(directory, 'versions'), join(directory, 'logs')];
  for (const folder of [versions, logFolder]) mkdirSync(folder);
  const [store, logs] = [new VersionStore(versions), new VersionLogs(logFolder)];
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const open = (control: Partial<ProcessControl> = {}) =>
    Supervisor.open({
      environment: 'production',
      directory,
      store,
      logs,
      log,
      control: { ...processControl, ...control },
    });
  const order = (version: string, modes: readonly string[] = []) => ({
    version,
    spec: specOf(processSchema.parse(world.config(modes)), directory),
    secrets: {},
  });
  return { store, logs, logFolder, lines, open, order };
}

/** Opens a supervisor and ends everything of it with the test. */
const suspended = (supervisor: Supervisor) => ({ supervisor, [Symbol.asyncDispose]: () => supervisor.suspend() });

test.each(['start', 'scale'] as const)('a stop does not wait for a %s that waits for a sick instance', async (how) => {
  await using world = await createWorld();
  const stage = stageOf(world);
  await using opened = suspended(stage.open());
  const { supervisor } = opened;
  const order = stage.order('1.0.0');
  await supervisor.start(order, signal);
  world.tell('unready');
  await kill(world.pids()[0] ?? 0);
  await until(async () => (await supervisor.inspect()).versions[0]?.instances[0]?.restarts === 1);
  const waited = rejectionOf(
    how === 'start'
      ? supervisor.start(order, signal)
      : supervisor.scale({ ...order, instances: 1, leaving: [] }, signal),
  );
  // Nothing but turns of this process lies between the call and the wait.
  await new Promise((resolve) => setImmediate(resolve));
  await supervisor.stop('1.0.0');
  expect(await waited).toEqual(new RetryableError('1.0.0 was stopped while it started'));
  expect(world.pids()).toEqual([]);
});

test('what joins together serves together on disk, and what leaves together leaves: a kill finds no part of it', async () => {
  await using world = await createWorld();
  const stage = stageOf(world);
  await using opened = suspended(stage.open());
  const { supervisor } = opened;
  const saves = vi.spyOn(stage.store, 'save');
  for (const instances of [1, 4, 1])
    await supervisor.scale({ ...stage.order('1.0.0'), instances, leaving: [] }, signal);
  const stages = saves.mock.calls.map(([record]) => record.instances.map((instance) => instance.stage).join(' '));
  expect([...new Set(stages)]).toEqual([
    'joining',
    'serving',
    'serving joining joining joining',
    'serving serving serving serving',
    'serving leaving leaving leaving',
  ]);
});

test('orders for a version that come in the same turn are carried out one after the other', async () => {
  await using world = await createWorld();
  const stage = stageOf(world);
  await using opened = suspended(stage.open());
  const { supervisor } = opened;
  const order = stage.order('1.0.0');
  const states = await Promise.all(Array.from({ length: 5 }, () => supervisor.start(order, signal)));
  expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
  expect([world.pids().length, supervisor.empty]).toEqual([1, false]);
  await Promise.all([supervisor.stop('1.0.0'), supervisor.start(order, signal), supervisor.stop('1.0.0')]);
  expect([world.pids().length, supervisor.empty, stage.store.get('1.0.0')?.state]).toEqual([0, true, 'stopped']);
  expect(stage.lines).toEqual([]);
});

test.each(['running', 'starting', 'stopping'] as const)(
  'a process that does not end keeps only its own version (%s) from being ready',
  async (state) => {
    await using world = await createWorld();
    const stage = stageOf(world);
    const killed = stage.open();
    await killed.start(stage.order('1.0.0'), signal);
    const [fine] = (await killed.inspect()).versions;
    await killed.suspend();
    const record = stage.store.get('1.0.0');
    if (record === null) throw new Error('there is no record');
    // The processes of the records are gone, and 2.0.0 has left something that no signal ends, and that answers for it.
    const [instance] = record.instances;
    const answering = createServer((_request, response) => response.end()).listen(
      await freePort(new Set()),
      '127.0.0.1',
    );
    await once(answering, 'listening');
    const left = { ...instance, id: '2.0.0/1', port: portOf(answering.address()), mark: 'left' };
    stage.store.save({ ...record, version: '2.0.0', state, instances: [left as InstanceRecord] });
    const never = new Promise<void>(() => undefined);
    const end: ProcessControl['end'] = async (processes, graceMs) =>
      processes.mark === 'left' ? await never : await processControl.end(processes, graceMs);
    const supervisor = stage.open({ end });
    try {
      await until(async () => (await supervisor.inspect()).versions[0]?.instances[0]?.ready === true);
      expect((await supervisor.inspect()).versions).toMatchObject([
        { version: '1.0.0', instances: [{ address: fine?.instances[0]?.address, ready: true }] },
        { version: '2.0.0', instances: [{ id: '2.0.0/1', ready: false }] },
      ]);
    } finally {
      await supervisor.stop('1.0.0');
      answering.close();
    }
  },
);

test('nothing is started beside what does not end, and both are told and tried again', async () => {
  await using world = await createWorld();
  const stage = stageOf(world);
  let failures = 2;
  const end: ProcessControl['end'] = async (processes, graceMs) => {
    if (graceMs === 0 && failures > 0) {
      failures -= 1;
      throw new RetryableError('it does not end');
    }
    await processControl.end(processes, graceMs);
  };
  await using opened = suspended(stage.open({ end, pauseMs: () => 1 }));
  await opened.supervisor.start(stage.order('1.0.0'), signal);
  const [pid = 0] = world.pids();
  await kill(pid);
  await until(async () => (await opened.supervisor.inspect()).versions[0]?.instances[0]?.ready === true);
  expect(failures).toBe(0);
  expect((await opened.supervisor.inspect()).versions[0]?.instances).toMatchObject([{ restarts: 1 }]);
  expect(stage.lines.filter((line) => line === '1.0.0/1: it does not end')).toHaveLength(2);
});

test('whoever asks for a version while the last process is cleared away does not wait for the pause', async () => {
  await using world = await createWorld();
  const stage = stageOf(world);
  const cleared = Promise.withResolvers<void>();
  const clearing = Promise.withResolvers<void>();
  const end: ProcessControl['end'] = async (processes, graceMs) => {
    clearing.resolve();
    await cleared.promise;
    await processControl.end(processes, graceMs);
  };
  // The pause outlasts the test.
  await using opened = suspended(stage.open({ end, pauseMs: () => 3_600_000 }));
  await opened.supervisor.start(stage.order('1.0.0'), signal);
  await kill(world.pids()[0] ?? 0);
  await clearing.promise;
  const asked = opened.supervisor.start(stage.order('1.0.0'), signal);
  // The order is carried out before the clearing goes on.
  await opened.supervisor.inspect();
  cleared.resolve();
  expect(await asked).toMatchObject({ instances: [{ ready: true, restarts: 1 }] });
});

test('the logs of a version go with its record, those of the last failure when another version settles', async () => {
  await using world = await createWorld();
  const stage = stageOf(world);
  writeFileSync(stage.logs.pathOf('0.9.0', '1'), 'no record of it');
  await using opened = suspended(stage.open());
  const { supervisor } = opened;
  const names = () => readdirSync(stage.logFolder);
  expect(names()).toEqual([]);
  await supervisor.start(stage.order('1.0.0'), signal);
  await rejectionOf(supervisor.start(stage.order('2.0.0', ['crash']), signal));
  expect(names()).toEqual(['1.0.0-1.log', '2.0.0-1.log']);
  await supervisor.stop('1.0.0');
  expect(names()).toEqual(['1.0.0-1.log']);
});
