import { expect, vi } from 'vitest';
import type { Database } from '../../ports/database.ts';
import type { Handle, Work, WorkQueue } from '../../ports/work-queue.ts';

/** Made anew for every test, and disposed of after it. */
export interface WorkQueueWorld extends AsyncDisposable {
  readonly database: Database;
  /** Milliseconds within which a successor is given what a dead process had taken. */
  readonly takeOver: number;
  /** A queue on the same data. The first call is the process that lives; each later one is its successor, after its death. */
  open(): Promise<WorkQueue>;
  /** Epoch ms, as the queue sees it. */
  now(): number;
  /** Has the work given to others, as if this process had stood still; null: nobody else ever takes it. */
  readonly lose: ((id: string) => Promise<void>) | null;
  /** Lets time go on by `ms`. */
  pass(ms: number): Promise<void>;
  /** Until the queue has delivered what it is going to deliver at this moment. */
  settle(): Promise<void>;
}

export const PATIENCE = { timeout: 8_000, interval: 5 };

/** A started queue whose handler does as the test tells it, and what it was given. */
export class Stage {
  readonly world: WorkQueueWorld;
  readonly queue: WorkQueue;
  readonly begun: string[] = [];
  readonly ended: string[] = [];

  constructor(world: WorkQueueWorld, queue: WorkQueue) {
    this.world = world;
    this.queue = queue;
  }

  async start(handle: Handle): Promise<void> {
    await this.queue.start(async (work, lost) => {
      this.begun.push(work.id);
      await handle(work, lost);
      this.ended.push(work.id);
    });
  }

  async put(...work: readonly Work[]): Promise<void> {
    await this.world.database.transaction(async (tx) => await this.queue.enqueue(tx, work));
    this.queue.nudge();
  }

  async complete(...ids: readonly string[]): Promise<void> {
    await this.world.database.transaction(async (tx) => await this.queue.complete(tx, ids));
    this.queue.nudge();
  }

  /** Has the delivery of `from` go on with `to`, as a handler does. */
  async goOn(from: string, to: string): Promise<void> {
    const goingOn = { from, to: this.work(to) };
    await this.world.database.transaction(async (tx) => await this.queue.goOn(tx, goingOn));
    this.queue.nudge();
  }

  /** Ids in the queue. */
  async queued(): Promise<readonly string[]> {
    return (await this.world.database.query('select id from work order by id')).map((row) => String(row['id']));
  }

  work(id: string, inMs = 0): Work {
    return { id, launch: 'shop-1', effect: `effect of ${id}`, dueAt: this.world.now() + inMs };
  }
}

/** Waits until at least that much was begun, then shows that it is no more. */
export async function expectBegun(stage: Stage, ...ids: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(stage.begun.length).toBeGreaterThanOrEqual(ids.length), PATIENCE);
  await stage.world.settle();
  expect(stage.begun.toSorted()).toEqual(ids.toSorted());
}

export type WithStage = (test: (stage: Stage) => Promise<void>) => () => Promise<void>;
