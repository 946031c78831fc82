import type { Launch, LaunchEvent } from '@slipway/core';
import {
  type Clock,
  createLeases,
  createSystemClock,
  type Database,
  type Leases,
  openSqliteDatabase,
} from '@slipway/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CANARY } from '../view/testing/events.ts';
import { launchAfter } from '../view/testing/launches.ts';
import { shutDownIfFree } from './shutdown-environment.ts';

const PLACE = 'shop.production';
const NOW = 1_000_000;
const TIME = { now: NOW, ttl: 60_000 };
const completed: LaunchEvent = { type: 'launch-ended', as: 'completed' };

const clock: Clock = { ...createSystemClock(), now: () => NOW };
let database: Database;
let leases: Leases;
let active: Launch[];
let stopped: string[];
let stop: (place: string) => Promise<void>;

beforeEach(async () => {
  database = await openSqliteDatabase(':memory:');
  leases = createLeases(database);
  active = [];
  stopped = [];
  stop = async (place) => void stopped.push(place);
});

afterEach(() => database.close());

const launches = {
  listActive: async () => active.map(({ id }) => ({ id, name: 'shop', version: 1, active: true, startedAt: 0 })),
  find: async (id: string) => active.find((launch) => launch.id === id) ?? null,
};
const shutDown = (place = PLACE) => shutDownIfFree({ launches, leases, clock, stop }, place);

describe('a place is shut down', () => {
  test.each<[string, readonly Launch[]]>([
    ['where no launch is', []],
    ['where a launch has changed nothing yet', [launchAfter()]],
    ['where a launch has ended', [launchAfter(...CANARY, completed)]],
  ])('%s', async (_, found) => {
    active = [...found];
    expect([await shutDown(), stopped]).toEqual([null, [PLACE]]);
  });

  test('that is another than the one a launch is at work in', async () => {
    active = [launchAfter(...CANARY)];
    expect([await shutDown('shop.staging'), stopped]).toEqual([null, ['shop.staging']]);
  });

  test('whose lease has run out', async () => {
    await leases.acquire(PLACE, 'shop-1', { now: NOW - 60_000, ttl: 60_000 });
    expect(await shutDown()).toBeNull();
  });
});

describe('a place is left as it is', () => {
  test('while a launch holds its lease', async () => {
    await leases.acquire(PLACE, 'shop-7', TIME);
    expect([await shutDown(), stopped]).toEqual(['shop-7', []]);
    expect(await leases.acquire(PLACE, 'shop-7', TIME)).toEqual({ held: true });
  });

  test('while an active launch has changed it, whatever became of its lease', async () => {
    active = [launchAfter(...CANARY)];
    expect([await shutDown(), stopped]).toEqual(['shop-1', []]);
    expect(await leases.acquire(PLACE, 'shop-1', TIME)).toEqual({ held: true });
  });
});

describe('while a place is being shut down', () => {
  const take = () => leases.acquire(PLACE, 'shop-2', TIME);

  test('no launch can begin there; afterwards it can', async () => {
    let meanwhile: unknown = null;
    stop = async () => {
      meanwhile = await take();
    };
    await shutDown();
    expect(meanwhile).toMatchObject({ held: false, by: '~shutdown' });
    expect(await take()).toEqual({ held: true });
  });

  test('a failure is told, and locks nobody out', async () => {
    stop = () => Promise.reject(new Error('it does not end'));
    await expect(shutDown()).rejects.toThrow('it does not end');
    expect(await take()).toEqual({ held: true });
  });
});
