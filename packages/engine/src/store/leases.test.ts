import { expect, test } from 'vitest';
import { createMemoryWorld, type SqliteWorld } from '../testing/sqlite-world.ts';

test.each<[string, boolean, number, boolean]>([
  ['under way, in time', true, 999, false],
  ['under way, long after it should have renewed: the clock may have jumped', true, 9_999_999, false],
  ['over, before the expiry', false, 999, false],
  ['over, at the expiry', false, 1_000, true],
])('the lease of a launch that is %s', async (_, active, now, free) => {
  await using world = await createMemoryWorld();
  const columns = 'id, name, version, active, started_at';
  await world.database.query(`insert into launch (${columns}) values (?1, ?1, 1, ?2, 0)`, ['a-1', active ? 1 : 0]);
  await world.leases.acquire('production', 'a-1', { now: 0, ttl: 1_000 });
  const { held } = await world.leases.acquire('production', 'b-1', { now, ttl: 1_000 });
  expect(held).toBe(free);
});

const TIME = { now: 0, ttl: 1_000 };

/** All waits that are noted, as `launch environment`. */
async function waitsIn({ database }: SqliteWorld): Promise<readonly string[]> {
  const rows = await database.query('select launch, environment from lease_wait order by launch, environment');
  return rows.map((row) => `${String(row['launch'])} ${String(row['environment'])}`);
}

test('a refused launch is noted once, and no more when it takes what it waited for', async () => {
  await using world = await createMemoryWorld();
  await world.leases.acquire('production', 'a-1', TIME);
  for (let asked = 0; asked < 3; asked += 1) await world.leases.acquire('production', 'b-1', TIME);
  expect(await waitsIn(world)).toEqual(['b-1 production']);
  await world.leases.release('a-1');
  expect(await world.leases.acquire('production', 'b-1', TIME)).toEqual({ held: true });
  expect(await waitsIn(world)).toEqual([]);
});

test('a launch that gives back what it holds waits for nothing', async () => {
  await using world = await createMemoryWorld();
  for (const launch of ['a-1', 'b-1']) await world.leases.acquire('production', launch, TIME);
  await world.leases.release('b-1');
  expect(await waitsIn(world)).toEqual([]);
});

test('a launch that died right after it had taken what it waited for is in no ring with itself', async () => {
  await using world = await createMemoryWorld();
  await world.leases.acquire('staging', 'a-1', TIME);
  await world.database.query("insert into lease_wait (launch, environment) values ('a-1', 'staging')");
  await world.leases.acquire('production', 'b-1', TIME);
  expect(await world.leases.acquire('production', 'a-1', TIME)).toMatchObject({ held: false, deadlock: [] });
});
