import { setImmediate as nextTurn } from 'node:timers/promises';
import { CannotGoOn, VersionConflict, type Work } from '@slipway/engine';
import { describe, expect, it } from 'vitest';
import { Life, virtualClock } from './life.ts';
import { MemoryQueue } from './memory-queue.ts';
import { type MemoryLaunches, memoryStore } from './memory-store.ts';
import { MemoryWork } from './memory-work.ts';
import { Timeline } from './timeline.ts';

const work = (id: string, dueAt = 0): Work => ({ id, launch: 'shop-1', effect: id, dueAt });

/** A process on a table, in virtual time. */
function processOn(table = new MemoryWork(), launches: MemoryLaunches = new Map()) {
  const life = new Life();
  const timeline = new Timeline(1_000);
  const errors: unknown[] = [];
  const clock = virtualClock(timeline, timeline, life);
  const queue = new MemoryQueue({ table, clock, life, onError: (error) => errors.push(error) });
  const handled: string[] = [];
  const pass = async (): Promise<void> => {
    await nextTurn();
    while (timeline.step()) await nextTurn();
    await nextTurn();
  };
  return { table, life, timeline, queue, handled, errors, pass, store: memoryStore(launches, queue, life), launches };
}

type Process = ReturnType<typeof processOn>;

const handling =
  ({ handled }: Process, then: (work: Work) => Promise<void> = async () => {}) =>
  async (given: Work): Promise<void> => {
    handled.push(given.id);
    await then(given);
  };

describe('work in memory', () => {
  it('is delivered when it is due, the longest due first, and once', async () => {
    const process = processOn();
    await process.queue.enqueue(null, [work('late', 9_000), work('b', 500), work('a', 400)]);
    await process.queue.start(handling(process));
    await nextTurn();
    expect(process.handled).toEqual(['a', 'b']);
    await process.pass();
    expect([process.handled, process.timeline.now]).toEqual([['a', 'b', 'late'], 9_000]);
  });

  it('is delivered again when it is enqueued anew, also while it is handled', async () => {
    const process = processOn();
    await process.queue.enqueue(null, [work('a')]);
    const again = async (given: Work): Promise<void> => {
      if (process.handled.length === 1) await process.queue.enqueue(null, [given]);
      else await process.queue.complete(null, [given.id]);
    };
    await process.queue.start(handling(process, again));
    await process.pass();
    expect([process.handled, process.table.all()]).toEqual([['a', 'a'], []]);
  });

  it('is delivered again a second after its handler rejected', async () => {
    const process = processOn();
    await process.queue.enqueue(null, [work('a')]);
    await process.queue.start(
      handling(process, async () => {
        if (process.handled.length === 1) throw new Error('no');
      }),
    );
    await process.pass();
    expect([process.handled, process.errors.length, process.timeline.now]).toEqual([['a', 'a'], 1, 2_000]);
  });

  it('is not delivered while a delivery goes on with it, nor after', async () => {
    const process = processOn();
    await process.queue.enqueue(null, [work('a')]);
    await process.queue.start(
      handling(process, async () => {
        await process.queue.goOn(null, { from: 'a', to: work('b') });
        process.queue.nudge();
        await nextTurn();
        await process.queue.complete(null, ['b']);
      }),
    );
    await process.pass();
    expect([process.handled, process.table.all()]).toEqual([['a'], []]);
  });

  it('is not gone on with by whoever does not have it, and what is there already is not begun', async () => {
    const { queue, table } = processOn();
    table.put(work('a'));
    await expect(queue.goOn(null, { from: 'a', to: work('b') })).rejects.toThrow(CannotGoOn);
    expect(table.all().map((row) => row.work.id)).toEqual(['a']);
  });

  it('is found by the next process, and the dead one does nothing any more', async () => {
    const first = processOn();
    await first.queue.enqueue(null, [work('a')]);
    first.life.end();
    await first.queue.start(handling(first));
    await first.pass();
    const second = processOn(first.table);
    await second.queue.start(handling(second));
    await second.pass();
    expect([first.handled, second.handled]).toEqual([[], ['a']]);
  });
});

describe('launches in memory', () => {
  const append = { launch: 'shop-1', name: 'shop', complete: [], active: true, release: false };
  const event = { seq: 1, at: 1, actor: { kind: 'slipway' }, hash: 'a', previous: '0' } as const;
  const first = { ...event, event: { type: 'step-started', step: 'a' } } as const;

  it('are appended to by whoever knows the newest event, and then nothing is half done', async () => {
    const { store, table } = processOn();
    await store.append({ ...append, expected: 0, events: [first], enqueue: [work('a')] });
    const late = { ...append, expected: 0, events: [first], enqueue: [work('b')] };
    await expect(store.append(late)).rejects.toThrow(VersionConflict);
    expect(await store.read('shop-1')).toEqual([first]);
    expect(await store.find('shop-1')).toMatchObject({ version: 1, active: true, startedAt: 1 });
    expect(table.all().map((row) => row.work.id)).toEqual(['a']);
  });

  it('are told after an event, counted by name, and unknown ones are empty', async () => {
    const { store } = processOn();
    await store.append({ ...append, expected: 0, events: [first], enqueue: [] });
    expect(await store.read('shop-1', 1)).toEqual([]);
    expect([await store.count('shop'), await store.count('other')]).toEqual([1, 0]);
    expect([await store.find('other-1'), await store.read('other-1')]).toEqual([null, []]);
    expect(await store.versions(['shop-1', 'other-1'])).toEqual(new Map([['shop-1', 1]]));
    expect([await store.list(), await store.listActive()].map((rows) => rows.length)).toEqual([1, 1]);
  });
});
