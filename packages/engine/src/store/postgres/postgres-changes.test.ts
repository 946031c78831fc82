import { expect, it, vi } from 'vitest';
import { createSystemClock } from '../../clock/system-clock.ts';
import type { Changed } from '../../ports/changes.ts';
import { describeChangesConformance } from '../../testing/conformance/changes-conformance.ts';
import { createPostgresWorld } from '../../testing/postgres-world.ts';
import { breakConnections, describeOnPostgres } from '../../testing/test-postgres.ts';
import { createPostgresChanges, type PostgresChangesOptions } from './postgres-changes.ts';

const PATIENCE = { timeout: 8_000, interval: 5 };

const setUp = async (options: PostgresChangesOptions = {}) => {
  const world = await createPostgresWorld();
  const feed = async (own = options) => await createPostgresChanges(world.url, createSystemClock(), own);
  const changes = await feed();
  const dispose = async () => {
    await changes.close();
    await world[Symbol.asyncDispose]();
  };
  return { url: world.url, database: world.database, changes, feed, [Symbol.asyncDispose]: dispose };
};

describeOnPostgres('changes on PostgreSQL', () => {
  describeChangesConformance('on PostgreSQL', setUp);

  it('reach other processes, and only those of the same schema', async () => {
    await using world = await setUp();
    const [same, other] = [await world.feed(), await world.feed({ schema: 'another' })];
    const told: string[] = [];
    same.listen((launch) => told.push(`same ${launch}`));
    other.listen((launch) => told.push(`other ${launch}`));
    world.changes.publish('shop-1');
    other.publish('blog-1');
    await vi.waitFor(() => expect(told).toHaveLength(2), PATIENCE);
    expect(told.toSorted()).toEqual(['other blog-1', 'same shop-1']);
    await Promise.all([same.close(), other.close()]);
  });

  it('tell other processes before they are closed of what was changed before', async () => {
    await using world = await setUp();
    const other = await world.feed();
    const told: Changed[] = [];
    world.changes.listen((launch) => told.push(launch));
    other.publish('shop-1');
    await other.close();
    await vi.waitFor(() => expect(told).toEqual(['shop-1']), PATIENCE);
  });

  it('tell of many at once, and leave out what does not fit', async () => {
    await using world = await setUp();
    const told: Changed[] = [];
    world.changes.listen((launch) => told.push(launch));
    const many = Array.from({ length: 500 }, (_, index) => `shop-${index}`);
    for (const launch of ['x'.repeat(10_000), ...many]) world.changes.publish(launch);
    await vi.waitFor(() => expect(told).toEqual(many), PATIENCE);
  });

  it('come back when the connection was broken, and then say that anything may have changed', async () => {
    const errors: unknown[] = [];
    await using world = await setUp({ onError: (error) => errors.push(error) });
    const told: Changed[] = [];
    world.changes.listen((launch) => told.push(launch));
    expect(await breakConnections(world.url, 'slipway changes')).toBe(1);
    await vi.waitFor(() => expect(told).toEqual([null]), PATIENCE);
    world.changes.publish('shop-1');
    await vi.waitFor(() => expect(told).toEqual([null, 'shop-1']), PATIENCE);
    expect(errors).toMatchObject([{ name: 'StorageError', code: 'input-output' }]);
  });

  it('broadcast to other processes, and only to those of the same schema', async () => {
    await using world = await setUp();
    const [same, other] = [await world.feed(), await world.feed({ schema: 'another' })];
    const heard: string[] = [];
    same.onBroadcast((message) => heard.push(`same ${message}`));
    other.onBroadcast((message) => heard.push(`other ${message}`));
    await world.changes.broadcast('here');
    await other.broadcast('there');
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['other there', 'same here']), PATIENCE);
    await Promise.all([same.close(), other.close()]);
  });

  it('lose what is broadcast while the connection is broken, and broadcast again afterwards', async () => {
    const errors: unknown[] = [];
    await using world = await setUp({ onError: (error) => errors.push(error) });
    const told: Changed[] = [];
    const heard: string[] = [];
    world.changes.listen((launch) => told.push(launch));
    world.changes.onBroadcast((message) => heard.push(message));
    await breakConnections(world.url, 'slipway changes');
    await vi.waitFor(() => expect(errors).toHaveLength(1), PATIENCE);
    await world.changes.broadcast('lost');
    await vi.waitFor(() => expect(told).toEqual([null]), PATIENCE);
    await world.changes.broadcast('heard');
    await vi.waitFor(() => expect(heard).toEqual(['heard']), PATIENCE);
  });

  it('leave no connection behind when they are closed', async () => {
    await using world = await setUp();
    await world.changes.close();
    await vi.waitFor(async () => expect(await breakConnections(world.url, 'slipway changes')).toBe(0), PATIENCE);
  });
});
