import { describe, expect, it, vi } from 'vitest';
import type { Work } from '../../ports/work-queue.ts';
import { goingOnCases } from './work-queue-going-on.ts';
import { expectBegun, PATIENCE, Stage, type WithStage, type WorkQueueWorld } from './work-queue-stage.ts';

export type { WorkQueueWorld } from './work-queue-stage.ts';

/** A sign of life, and a little more, in milliseconds. */
const LOSS_TOLD = 3_500;

/** What every queue keeps to. `setUp` is called once a test. */
export function describeWorkQueueConformance(name: string, setUp: () => Promise<WorkQueueWorld>): void {
  const withStage = (test: (stage: Stage) => Promise<void>) => async () => {
    await using world = await setUp();
    const stage = new Stage(world, await world.open());
    await test(stage);
    await stage.queue.stop();
  };
  describe(`work queue ${name} conforms`, () => {
    transactionCases(withStage);
    timeCases(withStage);
    againCases(withStage);
    failureCases(withStage);
    deathCases(withStage);
    lossCases(withStage);
    stopCases(withStage);
    goingOnCases(withStage);
  });
}

function transactionCases(withStage: WithStage): void {
  it(
    'delivers what was enqueued before the start and after it, whole',
    withStage(async (stage) => {
      const given: Work[] = [];
      const [before, after] = [stage.work('before'), { ...stage.work('after'), effect: null }];
      await stage.put(before);
      await stage.start(async (work) => {
        given.push(work);
        await stage.complete(work.id);
      });
      await stage.put(after);
      await expectBegun(stage, 'before', 'after');
      expect(given).toEqual([before, after]);
    }),
  );

  it(
    'delivers nothing of a transaction that was taken back',
    withStage(async (stage) => {
      await stage.start(async (work) => await stage.complete(work.id));
      const failing = stage.world.database.transaction(async (tx) => {
        await stage.queue.enqueue(tx, [stage.work('never')]);
        throw new Error('taken back');
      });
      await expect(failing).rejects.toThrow('taken back');
      stage.queue.nudge();
      await stage.put(stage.work('next'));
      await expectBegun(stage, 'next');
    }),
  );

  it(
    'keeps what a transaction that was taken back had completed',
    withStage(async (stage) => {
      await stage.put(stage.work('kept', 1_000));
      await stage.start(async (work) => await stage.complete(work.id));
      const failing = stage.world.database.transaction(async (tx) => {
        await stage.queue.complete(tx, ['kept']);
        throw new Error('taken back');
      });
      await expect(failing).rejects.toThrow('taken back');
      stage.queue.nudge();
      await stage.world.pass(1_000);
      await expectBegun(stage, 'kept');
    }),
  );

  it(
    'delivers nothing that is completed before it is due',
    withStage(async (stage) => {
      await stage.put(stage.work('gone', 1_000), stage.work('stays', 1_000));
      await stage.start(async (work) => await stage.complete(work.id));
      await stage.complete('gone', 'never was there');
      await stage.world.pass(2_000);
      await expectBegun(stage, 'stays');
    }),
  );
}

function timeCases(withStage: WithStage): void {
  it(
    'delivers at the due time and not before, what is due first first',
    withStage(async (stage) => {
      await stage.start(async (work) => await stage.complete(work.id));
      await stage.put(stage.work('last', 3_000), stage.work('first', 1_000), stage.work('second', 2_000));
      await stage.world.pass(900);
      await expectBegun(stage);
      await stage.world.pass(200);
      await expectBegun(stage, 'first');
      await stage.world.pass(2_000);
      await expectBegun(stage, 'first', 'second', 'last');
      expect(stage.begun).toEqual(['first', 'second', 'last']);
    }),
  );

  it.each([
    ['earlier', 10_000, 1_000, 1_100, ['moved']],
    ['later', 1_000, 10_000, 5_000, []],
  ] as const)('takes the new due time of an id that is there: %s', (_title, first, second, wait, seen) =>
    withStage(async (stage) => {
      await stage.start(async (work) => await stage.complete(work.id));
      await stage.put(stage.work('moved', first));
      await stage.put(stage.work('moved', second));
      await stage.world.pass(wait);
      await expectBegun(stage, ...seen);
    })(),
  );

  it(
    'delivers work that was due long ago',
    withStage(async (stage) => {
      await stage.put(stage.work('old', -1_000_000));
      await stage.start(async (work) => await stage.complete(work.id));
      await expectBegun(stage, 'old');
    }),
  );

  it(
    'delivers what a handler enqueues',
    withStage(async (stage) => {
      await stage.start(async (work) => {
        const round = Number(work.id);
        await stage.world.database.transaction(async (tx) => {
          await stage.queue.complete(tx, [work.id]);
          if (round < 5) await stage.queue.enqueue(tx, [stage.work(String(round + 1))]);
        });
        stage.queue.nudge();
      });
      await stage.put(stage.work('1'));
      await expectBegun(stage, '1', '2', '3', '4', '5');
    }),
  );
}

function againCases(withStage: WithStage): void {
  it(
    'delivers different work at the same time, and the same id never',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await stage.start(async (work) => {
        if (work.id === 'slow') await door.promise;
        await stage.complete(work.id);
      });
      await stage.put(stage.work('slow'));
      await expectBegun(stage, 'slow');
      await stage.put(stage.work('slow'), stage.work('quick'));
      await expectBegun(stage, 'slow', 'quick');
      expect(stage.ended).toEqual(['quick']);
      door.resolve();
      // What completes it came after what enqueued it.
      await vi.waitFor(() => expect(stage.ended).toEqual(['quick', 'slow']), PATIENCE);
      await expectBegun(stage, 'slow', 'quick');
    }),
  );

  it(
    'delivers again afterwards what was enqueued while it was handled and not completed since',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await stage.start(async () => await door.promise);
      await stage.put(stage.work('slow'));
      await expectBegun(stage, 'slow');
      await stage.put(stage.work('slow'));
      await expectBegun(stage, 'slow');
      door.resolve();
      await expectBegun(stage, 'slow', 'slow');
    }),
  );

  it(
    'delivers again what its own handler completes and enqueues',
    withStage(async (stage) => {
      let left = 3;
      await stage.start(async (work) => {
        left -= 1;
        await stage.world.database.transaction(async (tx) => {
          await stage.queue.complete(tx, [work.id]);
          if (left > 0) await stage.queue.enqueue(tx, [stage.work(work.id)]);
        });
        stage.queue.nudge();
      });
      await stage.put(stage.work('round'));
      await expectBegun(stage, 'round', 'round', 'round');
    }),
  );

  it(
    'leaves alone what was handled without being completed, until it is enqueued again',
    withStage(async (stage) => {
      await stage.start(async () => {});
      await stage.put(stage.work('left'));
      await expectBegun(stage, 'left');
      stage.queue.nudge();
      await stage.world.pass(60_000);
      await expectBegun(stage, 'left');
      await stage.put(stage.work('left'));
      await expectBegun(stage, 'left', 'left');
    }),
  );
}

function failureCases(withStage: WithStage): void {
  it.each([
    ['rejects', async () => await Promise.reject(new Error('out of order'))],
    [
      'throws',
      () => {
        throw new Error('out of order');
      },
    ],
  ])('delivers again after a second when the handler %s', (_title, fail) =>
    withStage(async (stage) => {
      let failures = 2;
      await stage.start((work) => (failures-- > 0 ? fail() : stage.complete(work.id)));
      await stage.put(stage.work('stubborn'));
      await expectBegun(stage, 'stubborn');
      await stage.world.pass(900);
      await expectBegun(stage, 'stubborn');
      await stage.world.pass(200);
      await expectBegun(stage, 'stubborn', 'stubborn');
      await stage.world.pass(1_100);
      await expectBegun(stage, 'stubborn', 'stubborn', 'stubborn');
      await stage.world.pass(10_000);
      await expectBegun(stage, 'stubborn', 'stubborn', 'stubborn');
    })(),
  );

  it(
    'is not held up by work that fails',
    withStage(async (stage) => {
      await stage.start(async (work) => {
        if (work.id.startsWith('bad')) throw new Error('out of order');
        await stage.complete(work.id);
      });
      const bad = Array.from({ length: 200 }, (_, index) => stage.work(`bad-${index}`, -1_000));
      await stage.put(...bad, stage.work('good'));
      await vi.waitFor(() => expect(stage.ended).toEqual(['good']), PATIENCE);
    }),
  );
}

function deathCases(withStage: WithStage): void {
  it(
    'delivers after a death everything that was not completed, and nothing else',
    withStage(async (stage) => {
      const { world } = stage;
      const door = Promise.withResolvers<void>();
      await stage.start(async ({ id }) => {
        if (id === 'done') await stage.complete(id);
        if (id === 'taken') await door.promise;
      });
      await stage.put(stage.work('done'), stage.work('taken'), stage.work('left'));
      await stage.put(stage.work('later', world.takeOver + 5_000));
      await expectBegun(stage, 'done', 'taken', 'left');

      const successor = new Stage(world, await world.open());
      await successor.start(async ({ id }) => await successor.complete(id));
      await world.pass(world.takeOver);
      await expectBegun(successor, 'taken', 'left');
      await world.pass(5_100);
      await vi.waitFor(() => expect(successor.begun).toContain('later'), PATIENCE);
      door.resolve();
      await successor.queue.stop();
    }),
  );
}

function lossCases(withStage: WithStage): void {
  it(
    'tells a handler whose work was given to another, soon and once; nobody else, and delivers it again afterwards',
    withStage(async (stage) => {
      const { lose } = stage.world;
      const told: string[] = [];
      const doors = { taken: Promise.withResolvers<void>(), kept: Promise.withResolvers<void>() };
      await stage.start(async ({ id }, lost) => {
        lost.addEventListener('abort', () => told.push(id));
        if (stage.begun.length <= 2) await doors[id as keyof typeof doors].promise;
        if (!lost.aborted) await stage.complete(id);
      });
      await stage.put(stage.work('taken'), stage.work('kept'));
      await expectBegun(stage, 'taken', 'kept');
      await lose?.('taken');
      await stage.world.pass(LOSS_TOLD);
      expect(told).toEqual(lose === null ? [] : ['taken']);
      await stage.world.pass(60_000);
      expect(told).toEqual(lose === null ? [] : ['taken']);
      await expectBegun(stage, 'taken', 'kept');
      for (const { resolve } of Object.values(doors)) resolve();
      const again = lose === null ? [] : ['taken'];
      await expectBegun(stage, 'taken', 'kept', ...again);
      await vi.waitFor(() => expect(stage.ended).toHaveLength(2 + again.length), PATIENCE);
    }),
  );
}

function stopCases(withStage: WithStage): void {
  it(
    'stops: waits for what is in flight, lets it settle, takes nothing new',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await stage.start(async (work) => {
        await door.promise;
        await stage.complete(work.id);
      });
      await stage.put(stage.work('in flight'), stage.work('due soon', 1_000));
      await expectBegun(stage, 'in flight');
      let stopped = false;
      const stopping = stage.queue.stop().then(() => {
        stopped = true;
      });
      await stage.put(stage.work('too late'));
      await stage.world.pass(2_000);
      expect(stopped).toBe(false);
      door.resolve();
      await stopping;
      await expectBegun(stage, 'in flight');
      expect(stage.ended).toEqual(['in flight']);

      const next = new Stage(stage.world, await stage.world.open());
      await next.start(async (work) => await next.complete(work.id));
      await expectBegun(next, 'too late', 'due soon');
      await next.queue.stop();
    }),
  );

  it(
    'stops when it was never started, and twice',
    withStage(async (stage) => {
      await stage.queue.stop();
      await stage.queue.stop();
      await stage.put(stage.work('unseen'));
      await expectBegun(stage);
    }),
  );

  it(
    'starts once',
    withStage(async (stage) => {
      await stage.start(async () => {});
      await expect(stage.start(async () => {})).rejects.toThrow(/started/);
    }),
  );
}
