import type { Launch } from '@slipway/core';
import type { Clock, LogPart, WrittenEvent } from '@slipway/engine';
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
/** The log; a test may write more of it than the view knows of. */
let events: readonly WrittenEvent[];
let sent: string[];
/** Events that were read at once, at most. */
let mostRead: number;
let room: PromiseWithResolvers<boolean> | null;
let allowed: boolean;
let leaving: AbortController;
let following: Promise<void>;

/** Time goes on only where a test says so. */
const clock: Clock = {
  now: () => now,
  running: () => now,
  sleep: (ms, signal) =>
    new Promise((done) => {
      const sleeper = { ms, wake: done };
      sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        sleepers = sleepers.filter((each) => each !== sleeper);
        done();
      });
    }),
  after: () => () => {},
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
  events = log(1);
  sent = [];
  mostRead = 0;
  room = null;
  allowed = true;
  leaving = new AbortController();
  following = follow(null);
});

const written = async (_id: string, { after, upTo }: LogPart): Promise<readonly WrittenEvent[]> => {
  const found = events.filter(({ seq }) => seq > after && seq <= upTo);
  mostRead = Math.max(mostRead, found.length);
  return found;
};

function follow(after: number | null): Promise<void> {
  return followLaunch({ launches, written, clock }, 'shop-1', {
    signal: leaving.signal,
    after,
    tell: ({ seq }) => `event ${seq}, `,
    show: ({ head }) => `view ${head.seq}`,
    allowed: async () => allowed,
    write: async (text) => {
      sent.push(text);
      return room === null ? true : await room.promise;
    },
  });
}

function log(newest: number): readonly WrittenEvent[] {
  const event = { at: 1, actor: {}, event: {}, previous: '', hash: '' };
  return Array.from({ length: newest }, (_, index) => ({ ...event, seq: index + 1 }));
}

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
  if (seq > events.length) events = log(seq);
  for (const listener of listeners) listener();
  await settle();
}

describe('a follower', () => {
  test('is shown the launch at once, at every change, and that silence is news', async () => {
    await settle();
    expect(sent).toEqual(['view 1']);
    await pass(100);
    await change(2);
    await pass(100);
    await pass(HEARTBEAT);
    expect(sent).toEqual(['view 1', 'event 2, view 2', ': still here\n\n']);
  });

  test('that reads slowly is then told every event, and shown the newest view alone', async () => {
    await settle();
    room = Promise.withResolvers();
    await pass(100);
    await change(2);
    await pass(100);
    for (const seq of [3, 4, 5]) await change(seq);
    await pass(1_000);
    expect(sent).toEqual(['view 1', 'event 2, view 2']);
    room.resolve(true);
    room = null;
    await settle();
    await pass(100);
    expect(sent).toEqual(['view 1', 'event 2, view 2', 'event 3, event 4, event 5, view 5']);
  });

  test('that is gone is written nothing more', async () => {
    await settle();
    room = Promise.withResolvers();
    room.resolve(false);
    await pass(100);
    await change(2);
    await following;
    expect([sent, listeners.size]).toEqual([['view 1', 'event 2, view 2'], 0]);
  });

  test('whose token is taken away is left at the next heartbeat', async () => {
    await settle();
    await pass(100);
    allowed = false;
    await pass(HEARTBEAT);
    await following;
    expect(sent).toEqual(['view 1']);
  });

  test('whose token is taken away is left although the launch never stands still', async () => {
    await settle();
    allowed = false;
    for (let seq = 2; seq < 20; seq += 1) {
      await pass(500);
      await change(seq);
    }
    await following;
    expect(sent.length).toBeLessThan(12);
  });

  test.each<[has: number | null, told: string]>([
    [null, 'view 3'],
    [0, 'event 1, event 2, event 3, view 3'],
    [2, 'event 3, view 3'],
    [3, 'view 3'],
    [99, 'view 3'],
  ])('that has the events up to %s is told those after it, once', async (has, told) => {
    leaving.abort();
    await following;
    leaving = new AbortController();
    [launch, events] = [{ ...launch, head: { ...launch.head, seq: 3 } }, log(3)];
    sent = [];
    following = follow(has);
    await settle();
    await pass(100);
    await change(4);
    expect(sent).toEqual([told, 'event 4, view 4']);
  });

  test('is told of no event that its view does not know yet', async () => {
    await settle();
    events = log(3);
    await pass(100);
    await change(2);
    await pass(100);
    await change(3);
    expect(sent).toEqual(['view 1', 'event 2, view 2', 'event 3, view 3']);
  });

  test('that wants a long log is read, and written, some of it at a time', async () => {
    leaving.abort();
    await following;
    leaving = new AbortController();
    [launch, events] = [{ ...launch, head: { ...launch.head, seq: 250 } }, log(250)];
    sent = [];
    following = follow(0);
    await settle();
    expect(sent.map((text) => text.split('event').length - 1)).toEqual([100, 100, 50]);
    expect(mostRead).toBe(100);
    expect(sent.join('')).toBe(
      `${log(250)
        .map(({ seq }) => `event ${seq}, `)
        .join('')}view 250`,
    );
  });

  test('that leaves is forgotten', async () => {
    await settle();
    leaving.abort();
    await following;
    expect([sent, listeners.size]).toEqual([['view 1'], 0]);
  });
});
