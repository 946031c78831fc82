import { expect, it, vi } from 'vitest';
import { expectBegun, PATIENCE, Stage, type WithStage } from './work-queue-stage.ts';

// What a queue does when a process dies, loses its work, or stops.

/** A sign of life, and a little more, in milliseconds. */
const LOSS_TOLD = 3_500;

export function deathCases(withStage: WithStage): void {
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

export function lossCases(withStage: WithStage): void {
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

export function stopCases(withStage: WithStage): void {
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
