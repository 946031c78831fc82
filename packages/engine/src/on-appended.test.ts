import { createRedactor } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import type { Appended, OnAppended } from './ports/appended.ts';
import { createLaunchStore } from './store/launch-store.ts';
import { createMemoryWorld, type SqliteWorld } from './testing/sqlite-world.ts';
import { ADA, handlersFor, planOf, STEP } from './testing/worker-world.ts';

const order = { plan: planOf(STEP), planDigest: 'digest', directory: '/shop', actor: ADA };

/** Flies a launch of one command that is done at once. */
async function flyWith(world: SqliteWorld, onAppended: OnAppended): Promise<readonly string[]> {
  const queue = await world.open();
  const errors: string[] = [];
  const handlers = handlersFor({
    run: async () => ({ evidence: { summary: 'exit 0', items: [] }, data: { kind: 'none' } }),
    verify: () => Promise.reject(new Error('nobody asks for this')),
    idempotent: () => false,
  });
  const engine = createEngine({
    store: createLaunchStore(world.database, queue),
    queue,
    leases: world.leases,
    clock: world.clock,
    handlers,
    redactor: createRedactor(),
    onAppended,
    onError: (error, what) => errors.push(`${what}: ${String(error)}`),
  });
  await engine.open();
  await engine.start(order);
  for (let round = 0; round < 20; round += 1) await world.settle();
  expect((await engine.find('shop-1'))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
  return errors;
}

test('what a process appends is told once, in order, with the state around it', async () => {
  await using world = await createMemoryWorld();
  const told: Appended[] = [];
  await flyWith(world, (appended) => told.push(appended));
  expect(told.flatMap(({ events }) => events)).toEqual(await world.store.read('shop-1'));
  expect(told.map(({ before }) => (before.is === 'launch' ? before.head.seq : 0))).toEqual([
    0,
    ...told.slice(0, -1).map(({ after }) => after.head.seq),
  ]);
});

test('one who throws is told of, and the launch goes on', async () => {
  await using world = await createMemoryWorld();
  const errors = await flyWith(world, () => {
    throw new Error('full');
  });
  expect(new Set(errors)).toEqual(new Set(['what was appended is not taken note of: Error: full']));
});
