import { expect, it, vi } from 'vitest';
import { CannotGoOn } from '../../ports/work-queue.ts';
import { expectBegun, PATIENCE, Stage, type WithStage } from './work-queue-stage.ts';

/** Of a delivery that goes on with other work. */
export function goingOnCases(withStage: WithStage): void {
  lifeCases(withStage);
  endCases(withStage);
  refusalCases(withStage);
}

/** Begins with `ids[0]`, goes on through all of them and waits there for the door. */
async function startChain(stage: Stage, ids: readonly string[], door: Promise<void>): Promise<void> {
  let reached = false;
  await stage.start(async (work) => {
    if (work.id !== ids[0] || reached) return await stage.complete(work.id);
    for (const [index, id] of ids.slice(1).entries()) await stage.goOn(ids[index] ?? '', id);
    reached = true;
    await door;
  });
  await stage.put(stage.work(ids[0] ?? ''));
  await vi.waitFor(() => expect(reached).toBe(true), PATIENCE);
}

function lifeCases(withStage: WithStage): void {
  it(
    'delivers what a delivery goes on with to nobody while that lives, and keeps it until it is completed',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await startChain(stage, ['one', 'two', 'three'], door.promise);
      expect(await stage.queued()).toEqual(['three']);
      await stage.world.pass(60_000);
      await expectBegun(stage, 'one');
      await stage.complete('three');
      door.resolve();
      await vi.waitFor(() => expect(stage.ended).toEqual(['one']), PATIENCE);
      await stage.world.pass(2_000);
      await expectBegun(stage, 'one');
      expect(await stage.queued()).toEqual([]);
    }),
  );

  it(
    'delivers what a delivery goes on with to nobody when it is enqueued once more meanwhile, and again after it',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await startChain(stage, ['one', 'two', 'three'], door.promise);
      await stage.put(stage.work('three'), stage.work('beside'));
      await stage.world.pass(2_000);
      await expectBegun(stage, 'one', 'beside');
      door.resolve();
      await expectBegun(stage, 'one', 'beside', 'three');
      expect(await stage.queued()).toEqual([]);
    }),
  );

  it(
    'delivers again, in its time, what its own handler completes and enqueues after it went on with it',
    withStage(async (stage) => {
      await stage.start(async ({ id }) => {
        if (id !== 'one') return await stage.complete(id);
        await stage.goOn('one', 'two');
        await stage.world.database.transaction(async (tx) => {
          await stage.queue.complete(tx, ['two']);
          await stage.queue.enqueue(tx, [stage.work('two', 3_000)]);
        });
        stage.queue.nudge();
      });
      await stage.put(stage.work('one'));
      await stage.world.pass(2_500);
      await expectBegun(stage, 'one');
      await stage.world.pass(1_000);
      await expectBegun(stage, 'one', 'two');
      expect(await stage.queued()).toEqual([]);
    }),
  );
}

function endCases(withStage: WithStage): void {
  it(
    'delivers after a death in the middle what the delivery was at, once, and nothing else; it may go on from there',
    withStage(async (stage) => {
      const { world } = stage;
      const door = Promise.withResolvers<void>();
      await startChain(stage, ['one', 'two', 'three'], door.promise);
      const successor = new Stage(world, await world.open());
      await successor.start(async ({ id }) => {
        await successor.goOn(id, 'four');
        await successor.complete('four');
      });
      await world.pass(world.takeOver);
      await expectBegun(successor, 'three');
      await world.pass(20_000);
      await expectBegun(successor, 'three');
      expect(await successor.queued()).toEqual([]);
      door.resolve();
      await successor.queue.stop();
    }),
  );

  it(
    'hands over what a delivery was at when it stops',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await startChain(stage, ['one', 'two'], door.promise);
      const stopping = stage.queue.stop();
      door.resolve();
      await stopping;
      const next = new Stage(stage.world, await stage.world.open());
      await next.start(async ({ id }) => await next.complete(id));
      await expectBegun(next, 'two');
      await next.queue.stop();
    }),
  );

  it(
    'delivers after a second what the delivery was at when its handler rejected',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await startChain(stage, ['one', 'two'], door.promise);
      door.reject(new Error('out of order'));
      await stage.world.pass(900);
      await expectBegun(stage, 'one');
      await stage.world.pass(300);
      await expectBegun(stage, 'one', 'two');
      expect(await stage.queued()).toEqual([]);
    }),
  );

  it(
    'leaves alone what a delivery was at when its handler ended, until it is enqueued again',
    withStage(async (stage) => {
      const door = Promise.withResolvers<void>();
      await startChain(stage, ['one', 'two'], door.promise);
      door.resolve();
      await stage.world.pass(60_000);
      await expectBegun(stage, 'one');
      await stage.put(stage.work('two'));
      await expectBegun(stage, 'one', 'two');
    }),
  );
}

function refusalCases(withStage: WithStage): void {
  it(
    'does not go on with what is in the queue already, nor from what it does not handle; both stay as they are',
    withStage(async (stage) => {
      const refused: unknown[] = [];
      const door = Promise.withResolvers<void>();
      await stage.put(stage.work('later', 5_000));
      await stage.start(async ({ id }) => {
        if (id === 'one') {
          await stage.goOn('one', 'later').catch((error: unknown) => refused.push(error));
          await stage.goOn('two', 'three').catch((error: unknown) => refused.push(error));
          await door.promise;
        }
        await stage.complete(id);
      });
      await stage.put(stage.work('one'));
      await vi.waitFor(() => expect(refused).toHaveLength(2), PATIENCE);
      expect(refused.map((error) => error instanceof CannotGoOn)).toEqual([true, true]);
      expect(await stage.queued()).toEqual(['later', 'one']);
      await stage.world.pass(5_500);
      await expectBegun(stage, 'one', 'later');
      door.resolve();
      await vi.waitFor(() => expect(stage.ended).toEqual(['later', 'one']), PATIENCE);
    }),
  );

  it(
    'has gone on with nothing when the transaction was taken back: it may go on with something else',
    withStage(async (stage) => {
      await stage.start(async ({ id }) => {
        if (id !== 'one') return await stage.complete(id);
        const failing = stage.world.database.transaction(async (tx) => {
          await stage.queue.goOn(tx, { from: 'one', to: stage.work('never') });
          throw new Error('taken back');
        });
        await expect(failing).rejects.toThrow('taken back');
        expect(await stage.queued()).toEqual(['one']);
        await stage.goOn('one', 'two');
        await stage.complete('two');
      });
      await stage.put(stage.work('one'));
      await vi.waitFor(() => expect(stage.ended).toEqual(['one']), PATIENCE);
      await stage.put(stage.work('never'));
      await expectBegun(stage, 'one', 'never');
      expect(await stage.queued()).toEqual([]);
    }),
  );
}
