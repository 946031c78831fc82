import type { Launch } from '@slipway/core';
import { describe, expect, test } from 'vitest';
import type { Database } from '../ports/database.ts';
import type { Leases } from '../ports/leases.ts';
import { StorageError } from '../store/storage-error.ts';
import { createPostgresWorld } from '../testing/postgres-world.ts';
import { RingWorld } from '../testing/ring-world.ts';
import { samplePlan, startedLaunch } from '../testing/sample-launch.ts';
import { createFileWorld, createMemoryWorld } from '../testing/sqlite-world.ts';
import { describeOnPostgres } from '../testing/test-postgres.ts';
import { Deadlock } from './deadlock.ts';
import type { EffectContext } from './handler.ts';
import { lockHandler } from './lock.ts';

interface DatabaseWorld extends AsyncDisposable {
  readonly database: Database;
}

const isHeld = ({ mode }: Launch): boolean => mode.is === 'held';
const hasEnded = ({ mode }: Launch): boolean => mode.is === 'ended';
const COMPLETED = { is: 'ended', as: 'completed' };
const ROLLED_BACK = { is: 'ended', as: 'rolled-back' };
const ALL = ['shop-1', 'shop-2', 'shop-3'];
/** Virtual time in which everybody has asked many times, in milliseconds. */
const A_WHILE = 10_000;

/** As `launch waits for environment of holder`, where it is held for that alone. */
function ringOf({ mode }: Launch): readonly string[] {
  const [cause, ...more] = mode.is === 'held' ? mode.causes : [];
  if (cause?.kind !== 'deadlock' || more.length > 0) return [];
  return cause.waits.map(({ launch, environment, holder }) => `${launch} waits for ${environment} of ${holder}`);
}

const TWO = ['shop-2 waits for shop.staging of shop-1', 'shop-1 waits for shop.production of shop-2'];
const THREE = [
  'shop-3 waits for shop.a of shop-1',
  'shop-1 waits for shop.b of shop-2',
  'shop-2 waits for shop.c of shop-3',
];

function describeRings(name: string, setUp: () => Promise<DatabaseWorld>): void {
  const inWorld = async (ways: readonly string[], fly: (world: RingWorld) => Promise<void>): Promise<void> => {
    await using place = await setUp();
    const world = await RingWorld.open(place.database);
    for (const way of ways) await world.start(way);
    await fly(world);
    await world.close();
    expect(world.errors).toEqual([]);
  };
  const crossing = ['staging>production', 'production>staging'];
  const ring = ['a>b', 'b>c', 'c>a'];

  describe(`launches that wait for each other, ${name}`, () => {
    test('the later of two is held and says who waits for whom; the earlier one goes on waiting', async () => {
      await inWorld(crossing, async (world) => {
        world.cross(...ALL);
        expect(ringOf(await world.until('shop-2', isHeld))).toEqual(TWO);
        await world.pass(A_WHILE);
        const first = await world.launch('shop-1');
        expect(first.mode.is).toBe('running');
        expect(world.saying(first)).toContain('launch shop-2 holds it');
        expect((await world.types('shop-2')).filter((type) => type === 'held')).toHaveLength(1);
      });
    });

    test.each([
      ['the one that is held goes back, and the other one goes on by itself', 'shop-2', 'shop-1'],
      ['the other one goes back, and the one that is held is retried and goes on', 'shop-1', 'shop-2'],
    ] as const)('called off, %s', async (_title, leaves, stays) => {
      await inWorld(crossing, async (world) => {
        world.cross(...ALL);
        await world.until('shop-2', isHeld);
        await world.do(leaves, { type: 'abort', reason: 'the other one first' });
        expect((await world.until(leaves, hasEnded)).mode).toMatchObject(ROLLED_BACK);
        if (stays === 'shop-2') await world.do(stays, { type: 'retry', step: 'second' });
        expect((await world.until(stays, hasEnded)).mode).toMatchObject(COMPLETED);
      });
    });

    test('retried while the ring is still there, it is held again', async () => {
      await inWorld(crossing, async (world) => {
        world.cross(...ALL);
        await world.until('shop-2', isHeld);
        await world.do('shop-2', { type: 'retry', step: 'second' });
        expect(ringOf(await world.until('shop-2', isHeld))).toEqual(TWO);
      });
    });

    test('of three in a ring the last one is held, and nobody else', async () => {
      await inWorld(ring, async (world) => {
        world.cross(...ALL);
        expect(ringOf(await world.until('shop-3', isHeld))).toEqual(THREE);
        await world.pass(A_WHILE);
        for (const id of ['shop-1', 'shop-2']) expect((await world.launch(id)).mode.is).toBe('running');
        await world.do('shop-3', { type: 'abort', reason: 'the others first' });
        for (const id of ['shop-1', 'shop-2']) expect((await world.until(id, hasEnded)).mode).toMatchObject(COMPLETED);
      });
    });

    test('a ring that dissolves because one of it ends lets the others go on', async () => {
      await inWorld(ring, async (world) => {
        world.cross(...ALL);
        await world.until('shop-3', isHeld);
        await world.do('shop-1', { type: 'rollback', reason: 'the others first' });
        await world.until('shop-1', hasEnded);
        await world.do('shop-3', { type: 'retry', step: 'second' });
        for (const id of ['shop-3', 'shop-2']) expect((await world.until(id, hasEnded)).mode).toMatchObject(COMPLETED);
      });
    });

    test('a ring that one of it left before the last one came is none', async () => {
      await inWorld(ring, async (world) => {
        world.cross('shop-1', 'shop-2');
        for (const id of ['shop-1', 'shop-2'])
          await world.until(id, ({ effects }) => effects['second:0.0']?.is === 'started');
        await world.pass(A_WHILE);
        await world.do('shop-1', { type: 'abort', reason: 'not today' });
        await world.until('shop-1', hasEnded);
        world.cross('shop-3');
        for (const id of ['shop-3', 'shop-2']) {
          expect((await world.until(id, hasEnded)).mode).toMatchObject(COMPLETED);
          expect(await world.types(id)).not.toContain('held');
        }
      });
    });

    test('a restart in between: before it is seen, and after', async () => {
      await inWorld(crossing, async (world) => {
        await world.restart();
        world.cross(...ALL);
        expect(ringOf(await world.until('shop-2', isHeld))).toEqual(TWO);
        await world.restart();
        await world.pass(A_WHILE);
        expect(ringOf(await world.launch('shop-2'))).toEqual(TWO);
        expect((await world.types('shop-2')).filter((type) => type === 'held')).toHaveLength(1);
        await world.do('shop-1', { type: 'abort', reason: 'the other one first' });
        expect((await world.until('shop-1', hasEnded)).mode).toMatchObject(ROLLED_BACK);
        await world.do('shop-2', { type: 'retry', step: 'second' });
        expect((await world.until('shop-2', hasEnded)).mode).toMatchObject(COMPLETED);
      });
    });

    test('flags of one environment, each with a lease of its own: two launches in a ring', async () => {
      await inWorld(['production/a>production/b', 'production/b>production/a'], async (world) => {
        world.cross(...ALL);
        expect(ringOf(await world.until('shop-2', isHeld))).toEqual([
          'shop-2 waits for shop.production/a of shop-1',
          'shop-1 waits for shop.production/b of shop-2',
        ]);
        await world.do('shop-2', { type: 'abort', reason: 'the other one first' });
        expect((await world.until('shop-1', hasEnded)).mode).toMatchObject(COMPLETED);
      });
    });

    test('a flag and the versions of its environment in a ring', async () => {
      await inWorld(['production>production/a', 'production/a>production'], async (world) => {
        world.cross(...ALL);
        expect(ringOf(await world.until('shop-2', isHeld))).toEqual([
          'shop-2 waits for shop.production of shop-1',
          'shop-1 waits for shop.production/a of shop-2',
        ]);
      });
    });

    test('two launches on one flag go one after the other; other flags, and versions, wait for nobody', async () => {
      await inWorld(['production/a>staging', 'production/b>a', 'production>b'], async (world) => {
        world.cross('shop-2', 'shop-3');
        for (const id of ['shop-2', 'shop-3']) await world.until(id, hasEnded);
        const last = await world.begin('production/a>b');
        const waits = 'waits for a in production: launch shop-1 holds it';
        await world.until(last, (launch) => world.saying(launch).includes(waits));
        world.cross('shop-1', 'shop-4');
        for (const id of ['shop-1', 'shop-4']) expect((await world.until(id, hasEnded)).mode).toMatchObject(COMPLETED);
      });
    });

    test('those that only wait in line are not held', async () => {
      await inWorld(['a>b', 'c>a', 'd>a'], async (world) => {
        world.cross('shop-2', 'shop-3');
        await world.pass(A_WHILE);
        for (const id of ALL) expect((await world.launch(id)).mode.is).toBe('running');
        world.cross('shop-1');
        for (const id of ALL) {
          expect((await world.until(id, hasEnded)).mode).toMatchObject(COMPLETED);
          expect(await world.types(id)).not.toContain('held');
        }
      });
    });
  });
}

const work = { kind: 'lock', environment: 'staging' } as const;
const contextOf = (launch: Launch, signal: AbortSignal): EffectContext => ({
  launch,
  effect: { id: 'a:0.0', step: 'a', class: 'read-only', work, timeout: null, attempts: 1 },
  attempt: 1,
  signal,
  note: null,
  noteDown: async () => true,
  say: () => {},
  look: () => {},
});

describe('a launch that does not ask any more waits for nothing', () => {
  test.each([
    ['it was stopped', false, Error],
    ['it is in a ring', true, Deadlock],
  ])('%s', async (_title, ring, error) => {
    await using world = await createMemoryWorld();
    const { leases, clock, database } = world;
    const time = { now: clock.now(), ttl: 10 * A_WHILE };
    await leases.acquire('shop.staging', 'a-1', time);
    if (ring) {
      await leases.acquire('shop.production', 'shop-1', time);
      await leases.acquire('shop.production', 'a-1', time);
    }
    const stop = new AbortController();
    const running = lockHandler(leases, clock).run(work, contextOf(startedLaunch(samplePlan()), stop.signal));
    const ended = running.catch((why: unknown) => why);
    await clock.advance(A_WHILE);
    stop.abort(new Error('stopped'));
    await clock.advance(A_WHILE);
    expect(await ended).toBeInstanceOf(error);
    expect(await database.query("select * from lease_wait where launch = 'shop-1'")).toEqual([]);
  });
});

test('a database that is gone for a moment is asked again, and the person is told', async () => {
  await using world = await createMemoryWorld();
  const { leases, clock } = world;
  let gone = 3;
  const stumbling: Leases = {
    ...leases,
    acquire: (...asked) => {
      gone -= 1;
      return gone >= 0
        ? Promise.reject(new StorageError('input-output', 'the disk is gone'))
        : leases.acquire(...asked);
    },
  };
  const said: string[] = [];
  const context = contextOf(startedLaunch(samplePlan()), new AbortController().signal);
  const running = lockHandler(stumbling, clock).run(work, { ...context, say: (text) => said.push(text) });
  await clock.advance(A_WHILE);
  await expect(running).resolves.toMatchObject({ evidence: { summary: 'staging is ours alone' } });
  expect(said).toEqual(Array(3).fill('waits for staging: who holds it cannot be asked (the disk is gone)'));
});

describeRings('on SQLite', createFileWorld);
describeOnPostgres('PostgreSQL', () => describeRings('on PostgreSQL', createPostgresWorld));
