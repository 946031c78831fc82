import { expect, test } from 'vitest';
import { flagNotice, setOfNotice } from '../flags/flag-notice.ts';
import { Hub } from '../live/hub.ts';
import type { ChangeListener } from '../ports/changes.ts';
import { createInProcessQueue } from '../queue/in-process-queue.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { hearChanges } from './hear-changes.ts';
import { Launches } from './launches.ts';

test.each([
  ['shop-1', ['shop-1']],
  [flagNotice('shop.production'), []],
])('launches are read for a change of a launch only: %s', async (changed, expected) => {
  await using world = await createMemoryWorld();
  const { clock, database } = world;
  const asked: string[] = [];
  const find = async (id: string) => {
    asked.push(id);
    return await world.store.find(id);
  };
  const store = { ...world.store, find };
  const hub = new Hub();
  const launches = new Launches({ store, queue: createInProcessQueue(database, clock), clock, hub });
  const listeners: ChangeListener[] = [];
  const listen = (listener: ChangeListener) => {
    listeners.push(listener);
    return () => {};
  };
  const stop = hearChanges({ changes: { listen }, store, clock, onError: () => {} }, launches, hub);
  for (const listener of listeners) listener(changed, 1);
  await world.settle();
  stop();
  expect(asked).toEqual(expected);
});

test.each([
  ['flags/shop.production', 'shop.production'],
  ['shop-1', null],
  ['flags', null],
])('the notice %s is of the flag set %s', (changed, set) => {
  expect(setOfNotice(changed)).toBe(set);
});
