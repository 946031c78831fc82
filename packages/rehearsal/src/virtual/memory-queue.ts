import type { Clock, GoingOn, Work, WorkQueue } from '@slipway/engine';
import type { Life } from './life.ts';
import type { MemoryWork, NumberedWork } from './memory-work.ts';

type Handle = Parameters<WorkQueue['start']>[0];

export interface MemoryQueuePorts {
  readonly table: MemoryWork;
  readonly clock: Clock;
  readonly life: Life;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds until work whose handler rejected is delivered again. */
const REST = 1_000;
/** Nobody else takes work from this process. */
const NEVER = new AbortController().signal;

/** By id, the numbers of the works that one delivery is at. */
type Delivery = Map<string, number>;

/** The queue of one process over work in memory: delivers as the engine's own queue does, without a database to ask. */
export class MemoryQueue implements WorkQueue {
  readonly #ports: MemoryQueuePorts;
  readonly #underWay = new Map<string, Delivery>();
  /** Handled without being completed: waits for another number than this. */
  readonly #left = new Map<string, number>();
  readonly #resting = new Set<string>();
  #handle: Handle | null = null;
  #isWanted = false;
  #stopped = false;
  #cancelTimer: () => void = () => {};

  constructor(ports: MemoryQueuePorts) {
    this.#ports = ports;
  }

  async enqueue(_tx: unknown, works: readonly Work[]): Promise<void> {
    for (const work of works) this.#ports.table.put(work);
  }

  async complete(_tx: unknown, ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#remove(id);
  }

  async goOn(_tx: unknown, goingOn: GoingOn): Promise<void> {
    this.refuse(goingOn);
    const { from, to } = goingOn;
    const delivery = this.#underWay.get(from);
    this.#remove(from);
    delivery?.set(to.id, this.#ports.table.put(to).number);
    if (delivery !== undefined) this.#underWay.set(to.id, delivery);
  }

  /** Throws CannotGoOn, before anything was changed. */
  refuse(goingOn: GoingOn): void {
    this.#ports.table.refuseToReplace(goingOn, this.#underWay.get(goingOn.from)?.get(goingOn.from));
  }

  async start(handle: Handle): Promise<void> {
    this.#handle = handle;
    this.nudge();
  }

  nudge(): void {
    if (this.#isWanted || this.#handle === null) return;
    this.#isWanted = true;
    queueMicrotask(() => {
      this.#isWanted = false;
      this.#look();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
  }

  #remove(id: string): void {
    this.#left.delete(id);
    this.#ports.table.remove(id);
  }

  #look(): void {
    const { table, clock, life } = this.#ports;
    const handle = this.#handle;
    if (life.over || this.#stopped || handle === null) return;
    const now = clock.now();
    const rows = table.all();
    for (const row of rows) if (row.work.dueAt <= now && !this.#isHeldBack(row)) this.#deliver(row, handle);
    const next = rows.find(({ work }) => work.dueAt > now);
    this.#cancelTimer();
    if (next !== undefined) this.#cancelTimer = clock.at(next.work.dueAt, () => this.nudge());
  }

  #isHeldBack({ work: { id }, number }: NumberedWork): boolean {
    return this.#underWay.has(id) || this.#resting.has(id) || this.#left.get(id) === number;
  }

  #deliver({ work, number }: NumberedWork, handle: Handle): void {
    const delivery: Delivery = new Map([[work.id, number]]);
    this.#underWay.set(work.id, delivery);
    Promise.try(handle, work, NEVER).then(
      () => this.#end(delivery, (id, at) => this.#left.set(id, at)),
      (error: unknown) => {
        if (this.#ports.life.over) return;
        this.#ports.onError(error);
        this.#end(delivery, (id) => this.#rest(id));
      },
    );
  }

  #end(delivery: Delivery, leave: (id: string, number: number) => void): void {
    for (const [id, number] of delivery) {
      if (this.#underWay.get(id) === delivery) this.#underWay.delete(id);
      if (this.#ports.table.find(id)?.number === number) leave(id, number);
    }
    this.nudge();
  }

  #rest(id: string): void {
    this.#resting.add(id);
    this.#ports.clock.after(REST, () => {
      this.#resting.delete(id);
      this.nudge();
    });
  }
}
