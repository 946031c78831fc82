import { createRedactor } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import type { LaunchStore } from './ports/launch-store.ts';
import { createLaunchStore } from './store/launch-store.ts';
import { createMemoryWorld, type SqliteWorld } from './testing/sqlite-world.ts';
import { ADA, handlersFor, planOf, STEP } from './testing/worker-world.ts';

interface Told {
  readonly engine: Engine;
  readonly errors: string[];
}

/** An engine on the world's database, whose commands take for ever. */
async function engineOn(
  world: SqliteWorld,
  change: (store: LaunchStore) => LaunchStore = (store) => store,
): Promise<Told> {
  const queue = await world.open();
  const errors: string[] = [];
  const handlers = handlersFor({
    run: () => new Promise(() => {}),
    verify: async () => ({ done: 'yes', evidence: { summary: 'it is there', items: [] } }),
    idempotent: () => false,
  });
  const { leases, clock, database } = world;
  const store = change(createLaunchStore(database, queue));
  const redactor = createRedactor();
  const onError = (error: unknown, what: string): void => void errors.push(`${what}: ${String(error)}`);
  return { engine: createEngine({ store, queue, leases, clock, handlers, redactor, onError }), errors };
}

const order = { plan: planOf(STEP), planDigest: 'digest', directory: '/shop', actor: ADA };

async function settle(world: SqliteWorld): Promise<void> {
  for (let round = 0; round < 20; round += 1) await world.settle();
}

/** Two launches under way in a process that died. */
async function leftBehind(world: SqliteWorld): Promise<void> {
  const { engine } = await engineOn(world);
  await engine.open();
  await engine.start(order);
  await engine.start(order);
  await settle(world);
}

const damages: [name: string, sql: string, says: RegExp][] = [
  [
    'an event of a later version',
    `update event set payload = '{"type":"held","v":99}', type = 'held'`,
    /later|version/i,
  ],
  ['a changed actor', `update event set actor = '{"id":"eve","kind":"person"}'`, /not as it was written/],
  ['a cut end', `delete from event`, /ends with event 1, but its newest was event 3/],
];

test.each(damages)('a launch with %s is left alone and told of; the others go on', async (_, sql, says) => {
  await using world = await createMemoryWorld();
  await leftBehind(world);
  await world.database.query(`${sql} where launch = 'shop-1' and seq >= 2`);
  const { engine, errors } = await engineOn(world);
  await engine.open();
  await settle(world);
  expect(errors).toEqual([expect.stringMatching(/^launch shop-1 cannot be taken up/)]);
  expect(errors[0]).toMatch(says);
  expect((await engine.find('shop-2'))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
  await expect(engine.command('shop-1', { type: 'resume' }, ADA)).rejects.toThrow(says);
});

test('a launch that is to be there once is there once, whoever starts it', async () => {
  await using world = await createMemoryWorld();
  const servers = [await engineOn(world), await engineOn(world)];
  const started = await Promise.all(servers.map(({ engine }) => engine.start({ ...order, once: true })));
  expect(started.filter(({ ok }) => ok)).toHaveLength(1);
  expect(started.find(({ ok }) => !ok)).toMatchObject({ rejection: { code: 'conflict' } });
  expect((await servers[0]?.engine.list())?.map(({ id }) => id)).toEqual(['shop-1']);
});

test('a launch that could not be taken up for a moment is taken up later', async () => {
  await using world = await createMemoryWorld();
  await leftBehind(world);
  await world.database.query('delete from work');
  let failures = 3;
  const { engine, errors } = await engineOn(world, (store) => ({
    ...store,
    append: async (append) => {
      if (failures-- > 0) throw new Error('locked');
      await store.append(append);
    },
  }));
  await engine.open();
  await world.pass(15_000);
  await settle(world);
  expect(errors).toHaveLength(3);
  await world.pass(15_000);
  await settle(world);
  for (const id of ['shop-1', 'shop-2'])
    expect((await engine.find(id))?.mode).toMatchObject({ is: 'ended', as: 'completed' });
});

test('renews the leases of what it takes up before it begins to work', async () => {
  await using world = await createMemoryWorld();
  await leftBehind(world);
  await world.database.query(`insert into lease (environment, launch, expires_at) values ('x', 'shop-1', 1)`);
  const { engine } = await engineOn(world);
  await engine.open();
  const [lease] = await world.database.query('select expires_at from lease');
  expect(Number(lease?.['expires_at'])).toBeGreaterThan(world.now());
});

test('says when a lease cannot be renewed', async () => {
  await using world = await createMemoryWorld();
  await leftBehind(world);
  const { engine, errors } = await engineOn({
    ...world,
    leases: { ...world.leases, renew: () => Promise.reject(new Error('disk')) },
  });
  await engine.open();
  expect(errors.toSorted()[0]).toBe('the leases of launch shop-1 are not renewed: Error: disk');
});
