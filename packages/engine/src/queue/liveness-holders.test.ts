import { randomUUID } from 'node:crypto';
import type { JobAttempt } from 'pg-boss';
import { expect, it } from 'vitest';
import { openPostgresDatabase } from '../store/postgres/postgres-database.ts';
import { createPostgresWorld } from '../testing/postgres-world.ts';
import { describeOnPostgres } from '../testing/test-postgres.ts';
import { holdLifeLock, lockSpace } from './liveness-connection.ts';
import { holderOf, readAndHold, readLocks, releaseHeld } from './liveness-holders.ts';
import { putWork, replaceWork, type StampedWork, takeOverWork } from './work-table.ts';

const SPACE = lockSpace('here');
const ONE = { space: SPACE, process: 1 };
const TWO = { space: SPACE, process: 2 };

const row = (id: string, carrier: string | null = null): StampedWork => ({
  id,
  launch: 'shop-1',
  effect: null,
  dueAt: 0,
  stamp: 'first',
  carrier,
});
const claim = (retryCount = 0): JobAttempt => ({ id: randomUUID(), retryCount });

async function setUp(...rows: readonly StampedWork[]) {
  const world = await createPostgresWorld();
  await putWork(world.database, ...rows);
  const holders = async () =>
    Object.fromEntries(
      (await world.database.query('select id, holder from work')).map(({ id, holder }) => [String(id), holder]),
    );
  return { ...world, holders };
}

describeOnPostgres('who has taken a work', () => {
  it('is noted by the statement that reads it; what another claim carries stays as it is', async () => {
    await using world = await setUp(row('taken'), row('carried', 'other'), row('waits'));
    const holder = holderOf(ONE, claim());
    const read = await readAndHold(world.database, [
      { work: 'taken', holder },
      { work: 'carried', holder },
      { work: 'gone', holder },
    ]);
    expect(read.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([row('carried', 'other'), row('taken')]);
    expect(await world.holders()).toEqual({ taken: holder, carried: null, waits: null });
  });

  it('is read without being noted where somebody changes it: nobody waits for anybody', async () => {
    await using world = await setUp(row('locked'), row('free'));
    const other = await openPostgresDatabase(world.url);
    const holder = holderOf(ONE, claim());
    await world.database.transaction(async (tx) => {
      await tx.query("update work set stamp = 'second' where id = 'locked'");
      const works = ['locked', 'free'].map((work) => ({ work, holder }));
      expect(await readAndHold(other, works)).toHaveLength(2);
    });
    await other.close();
    expect(await world.holders()).toEqual({ locked: null, free: holder });
  });

  it('stays noted when the delivery goes on with other work', async () => {
    await using world = await setUp(row('from'));
    const holder = holderOf(ONE, claim());
    await readAndHold(world.database, [{ work: 'from', holder }]);
    expect(await replaceWork(world.database, row('from'), row('to', 'from'))).toBe(true);
    expect(await world.holders()).toEqual({ to: holder });
  });

  it('is given back with the very claim, and forgotten; what another one took over since stays there', async () => {
    await using world = await setUp(row('left'), row('over'), row('living'));
    const [left, over] = [claim(), claim(3)];
    await readAndHold(world.database, [
      { work: 'left', holder: holderOf(ONE, left) },
      { work: 'over', holder: holderOf(ONE, over) },
      { work: 'living', holder: holderOf(TWO, claim()) },
    ]);
    const now = holderOf(TWO, { ...over, retryCount: 4 });
    await takeOverWork(world.database, 'over', { stamp: 'second', holder: now });
    const before = await world.holders();
    const given: JobAttempt[] = [];
    await releaseHeld(world.database, '1', async (claims) => void given.push(...claims));
    expect(given).toEqual([left]);
    expect(await world.holders()).toEqual({ ...before, left: null });
  });

  it('is given back again by the next one when the first dies in the middle', async () => {
    await using world = await setUp(...Array.from({ length: 150 }, (_, index) => row(`w${index}`)));
    const holdings = Array.from({ length: 150 }, (_, index) => ({ work: `w${index}`, holder: holderOf(ONE, claim()) }));
    await readAndHold(world.database, holdings);
    let parts = 0;
    const dying = releaseHeld(world.database, '1', async () => {
      parts += 1;
      if (parts === 2) throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    const given: JobAttempt[] = [];
    await releaseHeld(world.database, '1', async (claims) => void given.push(...claims));
    expect(given).toHaveLength(50);
  });
});

describeOnPostgres('locks', () => {
  it('tell who of those that have work is gone, in this space and database alone', async () => {
    await using world = await setUp(row('a'), row('b'), row('c'), row('d'));
    const [one, elsewhere] = await Promise.all([
      holdLifeLock(world.url, ONE, 10_000),
      holdLifeLock(world.url, { space: lockSpace('there'), process: 3 }, 10_000),
    ]);
    await readAndHold(world.database, [
      { work: 'a', holder: holderOf(ONE, claim()) },
      { work: 'b', holder: holderOf(TWO, claim()) },
      { work: 'c', holder: holderOf({ space: SPACE, process: 3 }, claim()) },
    ]);
    const looked = await readLocks(world.database, ONE);
    expect({ ...looked, free: looked.free.toSorted() }).toEqual({ own: true, free: ['2', '3'] });
    await one.close();
    const after = await readLocks(world.database, ONE);
    expect({ ...after, free: after.free.toSorted() }).toEqual({ own: false, free: ['1', '2', '3'] });
    await elsewhere.close();
  });

  it('are held twice by a process whose first connection nobody has heard the end of', async () => {
    await using world = await setUp(row('a'));
    const first = await holdLifeLock(world.url, ONE, 10_000);
    const second = await holdLifeLock(world.url, ONE, 10_000);
    await first.close();
    expect(await readLocks(world.database, ONE)).toEqual({ own: true, free: [] });
    await second.close();
  });
});
