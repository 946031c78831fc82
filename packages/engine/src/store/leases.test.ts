import { expect, test } from 'vitest';
import { createMemoryWorld } from '../testing/sqlite-world.ts';

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
