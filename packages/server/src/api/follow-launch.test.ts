import type { Launch } from '@slipway/core';
import type { Clock } from '@slipway/engine';
import { beforeEach, describe, expect, test } from 'vitest';
import { launchAfter } from '../view/testing/launches.ts';
import { followLaunch, HEARTBEAT } from './follow-launch.ts';

interface Sleeper {
  readonly ms: number;
  readonly wake: () => void;
}

let now: number;
let sleepers: Sleeper[];
let listeners: Set<() => void>;
let launch: Launch;
let written: string[];
let room: PromiseWithResolvers<boolean> | null;
let allowed: boolean;
let leaving: AbortController;
let following: Promise<void>;

/** Time goes on only where a test says so. */
const clock: Clock = {
  now: () => now,
  sleep: (ms, signal) =>
    new Promise((done) => {
      const sleeper = { ms, wake: done };
      sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        sleepers = sleepers.filter((each) => each !== sleeper);
        done();
      });
    }),
  at: () => () => {},
};

const launches = {
  find: async () => launch,
  listen: (_id: string, listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

beforeEach(() => {
  now = 1_000_000;
  sleepers = [];
  listeners = new Set();
  launch = launchAfter();
  written = [];
  room = null;
  allowed = true;
  leaving = new AbortController();
  following = followLaunch({ launches, clock }, 'shop-1', {
    signal: leaving.signal,
    show: ({ head }) => `view ${head.seq}`,
    allowed: async () => allowed,
    write: async (text) => {
      written.push(text);
      return room === null ? true : await room.promise;
    },
  });
});

/** Lets everything happen that waits for nothing. */
const settle = () => new Promise((done) => setImmediate(done));

async function pass(ms: number): Promise<void> {
  now += ms;
  const due = sleepers.filter((sleeper) => sleeper.ms <= ms);
  sleepers = sleepers.filter((sleeper) => sleeper.ms > ms);
  for (const { wake } of due) wake();
  await settle();
}

async function change(seq: number): Promise<void> {
  launch = { ...launch, head: { ...launch.head, seq } };
  for (const listener of listeners) listener();
  await settle();
}

describe('a follower', () => {
  test('is shown the launch at once, at every change, and that silence is news', async () => {
    await settle();
    expect(written).toEqual(['view 1']);
    await pass(100);
    await change(2);
    await pass(100);
    await pass(HEARTBEAT);
    expect(written).toEqual(['view 1', 'view 2', ': still here\n\n']);
  });

  test('that reads slowly is then shown the newest alone', async () => {
    await settle();
    room = Promise.withResolvers();
    await pass(100);
    await change(2);
    await pass(100);
    for (const seq of [3, 4, 5]) await change(seq);
    await pass(1_000);
    expect(written).toEqual(['view 1', 'view 2']);
    room.resolve(true);
    room = null;
    await settle();
    await pass(100);
    expect(written).toEqual(['view 1', 'view 2', 'view 5']);
  });

  test('that is gone is written nothing more', async () => {
    await settle();
    room = Promise.withResolvers();
    room.resolve(false);
    await pass(100);
    await change(2);
    await following;
    expect([written, listeners.size]).toEqual([['view 1', 'view 2'], 0]);
  });

  test('whose token is taken away is left at the next heartbeat', async () => {
    await settle();
    await pass(100);
    allowed = false;
    await pass(HEARTBEAT);
    await following;
    expect(written).toEqual(['view 1']);
  });

  test('whose token is taken away is left although the launch never stands still', async () => {
    await settle();
    allowed = false;
    for (let seq = 2; seq < 20; seq += 1) {
      await pass(500);
      await change(seq);
    }
    await following;
    expect(written.length).toBeLessThan(12);
  });

  test('that leaves is forgotten', async () => {
    await settle();
    leaving.abort();
    await following;
    expect([written, listeners.size]).toEqual([['view 1'], 0]);
  });
});
