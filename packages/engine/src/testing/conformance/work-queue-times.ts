import { expect, it } from 'vitest';
import { expectBegun, type WithStage } from './work-queue-stage.ts';

// When a queue delivers.

export function timeCases(withStage: WithStage): void {
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
