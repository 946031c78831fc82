import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { JobAttempt } from 'pg-boss';
import { expect, it, vi } from 'vitest';
import type { Clock } from '../ports/clock.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { createPostgresWorld } from '../testing/postgres-world.ts';
import { breakConnections, describeOnPostgres } from '../testing/test-postgres.ts';
import { readAndHold } from './liveness-holders.ts';
import { Liveness, LOOK } from './liveness.ts';
import { putWork } from './work-table.ts';

const PATIENCE = { timeout: 20_000, interval: 5 };

/** One database, and processes on it, each with a clock of its own: one whose clock stands does not come back. */
async function setUp() {
  const world = await createPostgresWorld();
  const opened: Liveness[] = [];
  const errors: unknown[] = [];
  const open = async (url = world.url) => {
    const clock = createManualClock();
    const given: JobAttempt[] = [];
    // `looks`: those that are over.
    const told = { lost: 0, looks: 0, givenBack: 0 };
    const sleep: Clock['sleep'] = async (ms, signal) => {
      if (ms === LOOK) told.looks += 1;
      await clock.sleep(ms, signal);
    };
    const liveness = await Liveness.open({
      database: world.database,
      url,
      clock: { ...timesOf(clock), sleep },
      schema: 'here',
      giveBack: async (claims) => void given.push(...claims),
      onError: (error) => errors.push(error),
    });
    opened.push(liveness);
    return { liveness, clock, given, told };
  };
  return {
    ...world,
    open,
    errors,
    /** A work that this process has taken. */
    take: async (id: string, by: Liveness): Promise<JobAttempt> => {
      const claim = { id: randomUUID(), retryCount: 0 };
      await putWork(world.database, { id, launch: 'shop-1', effect: null, dueAt: 0, stamp: 'first', carrier: null });
      await readAndHold(world.database, [{ work: id, holder: by.holderOf(claim) }]);
      return claim;
    },
    [Symbol.asyncDispose]: async () => {
      for (const each of opened) await each.close();
      await world[Symbol.asyncDispose]();
    },
  };
}

function timesOf(clock: Clock): Omit<Clock, 'sleep'> {
  return {
    now: () => clock.now(),
    running: () => clock.running(),
    after: (ms, callback) => clock.after(ms, callback),
    at: (at, callback) => clock.at(at, callback),
  };
}

type Looking = Awaited<ReturnType<Awaited<ReturnType<typeof setUp>>['open']>>;

/** Looks so many times more. */
async function look({ clock, told }: { readonly clock: ManualClock; readonly told: Looking['told'] }, times: number) {
  for (let time = 0; time < times; time += 1) {
    const before = told.looks;
    await clock.advance(LOOK);
    await vi.waitFor(() => expect(told.looks).toBeGreaterThan(before), PATIENCE);
  }
}

/** Begins, and has had its first look. */
async function begin({ liveness, told }: Looking): Promise<void> {
  liveness.begin({ onGivenBack: () => (told.givenBack += 1), onLost: () => (told.lost += 1) });
  await vi.waitFor(() => expect(told.looks).toBe(1), PATIENCE);
}

describeOnPostgres('liveness', () => {
  it('gives back what a process had taken whose connection is gone, after two seconds and once', async () => {
    await using world = await setUp();
    const [dead, other] = [await world.open(), await world.open()];
    const claims = [await world.take('a', dead.liveness), await world.take('b', dead.liveness)];
    claims.push(await world.take('c', other.liveness));
    await breakConnections(world.url, 'slipway life');
    const successor = await world.open();
    await world.take('own', successor.liveness);
    await begin(successor);
    await look(successor, 1);
    expect(successor.given).toEqual([]);
    await look(successor, 2);
    const all = claims.map(({ id }) => id).toSorted();
    await vi.waitFor(() => expect(successor.told.givenBack).toBe(1), PATIENCE);
    expect(successor.given.map(({ id }) => id).toSorted()).toEqual(all);
    await look(successor, 5);
    expect([successor.given.length, successor.told.givenBack]).toEqual([3, 1]);
  });

  it('leaves alone whoever holds its lock, however long it says nothing', async () => {
    await using world = await setUp();
    const [silent, survivor] = [await world.open(), await world.open()];
    await world.take('a', silent.liveness);
    await begin(survivor);
    await look(survivor, 30);
    expect(survivor.given).toEqual([]);
  });

  it('leaves alone whoever lost its connection and is back before the others are sure', async () => {
    await using world = await setUp();
    const blinking = await world.open();
    await world.take('a', blinking.liveness);
    await breakConnections(world.url, 'slipway life');
    const survivor = await world.open();
    await begin(survivor);
    await look(survivor, 1);
    await vi.waitFor(() => expect(blinking.liveness.holderOf({ id: 'x', retryCount: 0 })).toBe(null), PATIENCE);
    await blinking.clock.advance(300);
    await vi.waitFor(() => expect(blinking.liveness.holderOf({ id: 'x', retryCount: 0 })).not.toBe(null), PATIENCE);
    await look(survivor, 10);
    expect([survivor.given, blinking.told.lost]).toEqual([[], 0]);
  });

  it('judges nobody for ten seconds after its own connection broke: all may have lost theirs together', async () => {
    await using world = await setUp();
    const [slow, quick] = [await world.open(), await world.open()];
    const claim = await world.take('a', slow.liveness);
    await begin(quick);
    await breakConnections(world.url, 'slipway life');
    await vi.waitFor(() => expect(quick.liveness.holderOf(claim)).toBe(null), PATIENCE);
    await quick.clock.advance(300);
    await vi.waitFor(() => expect(quick.liveness.holderOf(claim)).not.toBe(null), PATIENCE);
    await look(quick, 9);
    expect(quick.given).toEqual([]);
    await look(quick, 4);
    await vi.waitFor(() => expect(quick.given).toEqual([claim]), PATIENCE);
  });

  it('judges nobody while the database does not know of its own lock, and takes it again', async () => {
    await using world = await setUp();
    await using network = await swallowing(world.url);
    const [dead, deaf] = [await world.open(), await world.open(network.url)];
    const claim = await world.take('a', dead.liveness);
    await begin(deaf);
    network.swallow();
    expect(await breakConnections(world.url, 'slipway life')).toBe(2);
    expect(deaf.liveness.holderOf(claim)).not.toBe(null);
    await look(deaf, 1);
    await vi.waitFor(() => expect(deaf.liveness.holderOf(claim)).toBe(null), PATIENCE);
    expect(world.errors.map(String).join()).toContain('does not know of the lock');
    network.heal();
    await vi.waitFor(async () => {
      await deaf.clock.advance(100);
      expect(deaf.liveness.holderOf(claim)).not.toBe(null);
    }, PATIENCE);
    expect(deaf.given).toEqual([]);
  });
});

/** A way to the database that can swallow what it says, the end of a connection included. */
async function swallowing(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.pipe(far);
    far.on('data', (data) => {
      if (!silent) near.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = new URL(url);
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    swallow: () => void (silent = true),
    heal: () => void (silent = false),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
