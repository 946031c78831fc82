import { expect, it } from 'vitest';
import { createInProcessQueue } from '../../queue/in-process-queue.ts';
import type { Database } from '../../ports/database.ts';
import { type LaunchStore, VersionConflict } from '../../ports/launch-store.ts';
import { START, steps } from '../../testing/drafts.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createTestDatabase, describeOnPostgres } from '../../testing/test-postgres.ts';
import { checkLaunch } from '../check-launch.ts';
import { createLaunchStore } from '../launch-store.ts';
import { openPostgresDatabase } from './postgres-database.ts';

const LAUNCH = 'shop-1';

const storeOn = (database: Database) =>
  createLaunchStore(database, createInProcessQueue(database, createManualClock()));

/** Appends one event on top of what it reads, until it has appended `count`; gives the number of conflicts. */
async function appendOnTop(store: LaunchStore, count: number): Promise<number> {
  let conflicts = 0;
  for (let done = 0; done < count;) {
    const head = (await store.read(LAUNCH)).at(-1) ?? START;
    const events = steps(LAUNCH, 1, head);
    const rest = { enqueue: [], complete: [], active: true, release: false };
    try {
      await store.append({ launch: LAUNCH, name: 'shop', expected: head.seq, events, ...rest });
      done += 1;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      conflicts += 1;
    }
  }
  return conflicts;
}

describeOnPostgres('two replicas on PostgreSQL', () => {
  it('append to one launch without a gap: of two at the same event one has a conflict', async () => {
    await using test = await createTestDatabase();
    const [one, two] = [await openPostgresDatabase(test.url), await openPostgresDatabase(test.url)];
    const conflicts = await Promise.all([appendOnTop(storeOn(one), 40), appendOnTop(storeOn(two), 40)]);
    expect(conflicts[0] + conflicts[1]).toBeGreaterThan(0);
    expect(await checkLaunch(one, LAUNCH)).toMatchObject({ ok: true, head: { seq: 80 } });
    await Promise.all([one.close(), two.close()]);
  });

  it.each([
    ['start', 0],
    ['append', 5],
  ])('let one of two %s, and the other one changes nothing', async (_title, expected) => {
    await using test = await createTestDatabase();
    const [one, two] = [await openPostgresDatabase(test.url), await openPostgresDatabase(test.url)];
    const rest = { launch: LAUNCH, name: 'shop', complete: [], active: true, release: false };
    const all = steps(LAUNCH, 10);
    if (expected > 0) await storeOn(one).append({ ...rest, expected: 0, events: all.slice(0, 5), enqueue: [] });
    // Both have done everything but commit, or wait for the other one: that is what the database must sort out.
    const append = async (database: Database, id: string) =>
      await storeOn(database).append({
        ...rest,
        expected,
        events: all.slice(expected, expected + 2),
        enqueue: [{ id, launch: LAUNCH, effect: null, dueAt: 0 }],
      });
    const results = await Promise.allSettled([append(one, 'one'), append(two, 'two')]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toBeInstanceOf(VersionConflict);
    const winner = results[0]?.status === 'fulfilled' ? 'one' : 'two';
    expect(await one.query('select id from work')).toEqual([{ id: winner }]);
    expect(await checkLaunch(one, LAUNCH)).toMatchObject({ ok: true, head: { seq: expected + 2 } });
    await Promise.all([one.close(), two.close()]);
  });
});
