import { expect, it } from 'vitest';
import type { Work } from '../../ports/work-queue.ts';
import { expectBegun, type WithStage } from './work-queue-stage.ts';

// What a queue does with what is enqueued and completed in transactions.

export function transactionCases(withStage: WithStage): void {
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
