import { expect, it, vi } from 'vitest';
import { expectBegun, PATIENCE, type WithStage } from './work-queue-stage.ts';

// What a queue delivers again, and what never.

export function againCases(withStage: WithStage): void {
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

export function failureCases(withStage: WithStage): void {
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
