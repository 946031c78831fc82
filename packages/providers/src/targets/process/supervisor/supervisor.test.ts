import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processSchema } from '../schema.ts';
import { createWorld } from '../testing/world.ts';
import { specOf } from '../version-spec.ts';
import { VersionStore } from '../version-store.ts';
import { Supervisor } from './supervisor.ts';

test('orders for a version that come in the same turn are carried out one after the other', async () => {
  await using world = await createWorld();
  const directory = world.context.directory;
  const [versions, logs] = [join(directory, 'versions'), join(directory, 'logs')];
  for (const folder of [versions, logs]) mkdirSync(folder);
  const store = new VersionStore(versions);
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const supervisor = await Supervisor.open({ environment: 'production', directory, store, logs, log });
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.defer(() => supervisor.suspend());
  const order = { version: '1.0.0', spec: specOf(processSchema.parse(world.config()), directory), secrets: {} };
  const { signal } = new AbortController();

  const states = await Promise.all(Array.from({ length: 5 }, () => supervisor.start(order, signal)));
  expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
  expect([world.pids().length, supervisor.empty]).toEqual([1, false]);
  await Promise.all([supervisor.stop('1.0.0'), supervisor.start(order, signal), supervisor.stop('1.0.0')]);
  expect([world.pids().length, supervisor.empty, store.get('1.0.0')?.state]).toEqual([0, true, 'stopped']);
  expect(lines).toEqual([]);
});
