import { expect, it, vi } from 'vitest';
import { findPostgres, startPostgres } from '../../../../scripts/servers/postgres.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { asSuperuser, breakConnections, createTestDatabase, describeOnPostgres } from '../testing/test-postgres.ts';
import { holdLifeLock, lockSpace } from './liveness-connection.ts';
import { LivenessLock } from './liveness-lock.ts';

const PATIENCE = { timeout: 20_000, interval: 10 };
const LOCK = { space: lockSpace('here'), process: 7 };

/** A kept lock, in the time of this clock. */
async function keep<C extends ManualClock | ReturnType<typeof createSystemClock>>(url: string, clock: C) {
  const told = { lost: 0, errors: new Array<unknown>() };
  const lock = new LivenessLock(await holdLifeLock(url, LOCK, 10_000), {
    url,
    lock: LOCK,
    clock,
    onLost: () => (told.lost += 1),
    onError: (error) => told.errors.push(error),
  });
  return { lock, told, clock };
}

describeOnPostgres('the lock of a living process', () => {
  it('is back at once when its connection broke, and nobody is judged by those who have just lost theirs', async () => {
    await using test = await createTestDatabase();
    const { lock, told, clock } = await keep(test.url, createManualClock());
    expect([lock.isHeld(), lock.mayJudge()]).toEqual([true, true]);
    expect(await breakConnections(test.url, 'slipway life')).toBe(1);
    await vi.waitFor(() => expect(lock.isHeld()).toBe(false), PATIENCE);
    await clock.advance(300);
    await vi.waitFor(() => expect(lock.isHeld()).toBe(true), PATIENCE);
    expect(lock.mayJudge()).toBe(false);
    await clock.advance(9_900);
    expect(lock.mayJudge()).toBe(false);
    await clock.advance(200);
    expect(lock.mayJudge()).toBe(true);
    expect([told.lost, told.errors.length]).toEqual([0, 1]);
    await lock.close();
  });

  it('is lost, once, when others are served and it is not; and comes back when it is', async () => {
    await using test = await createTestDatabase();
    const { lock, told, clock } = await keep(test.url, createManualClock());
    const name = new URL(test.url).pathname.slice(1);
    await asSuperuser(`alter database ${name} with allow_connections false`);
    await breakConnections(test.url, 'slipway life');
    await vi.waitFor(() => expect(lock.isHeld()).toBe(false), PATIENCE);
    await clock.advance(1_400);
    expect(told.lost).toBe(0);
    await clock.advance(200);
    expect(told.lost).toBe(1);
    await asSuperuser(`alter database ${name} with allow_connections true`);
    await vi.waitFor(async () => {
      await clock.advance(500);
      expect(lock.isHeld()).toBe(true);
    }, PATIENCE);
    expect(told.lost).toBe(1);
    await lock.close();
  });

  it('is not waited for when it is closed in the middle of coming back', async () => {
    await using test = await createTestDatabase();
    const { lock, told, clock } = await keep(test.url, createManualClock());
    await breakConnections(test.url, 'slipway life');
    await vi.waitFor(() => expect(lock.isHeld()).toBe(false), PATIENCE);
    await lock.close();
    await clock.advance(60_000);
    expect([told.lost, clock.waiting()]).toEqual([0, []]);
  });
});

const programs = findPostgres();

it.skipIf(programs === null)(
  'a lock is not lost by a PostgreSQL that is down for longer than others wait: nobody judges meanwhile (needs PostgreSQL 15 installed)',
  async () => {
    await using server = await startPostgres(programs ?? '');
    const { lock, told, clock } = await keep(server.url, createSystemClock());
    await server.crash();
    await vi.waitFor(() => expect(lock.isHeld()).toBe(false), PATIENCE);
    await clock.sleep(3_000);
    await server.restart();
    await vi.waitFor(() => expect(lock.isHeld()).toBe(true), PATIENCE);
    expect(told.lost).toBe(0);
    await lock.close();
  },
  90_000,
);
