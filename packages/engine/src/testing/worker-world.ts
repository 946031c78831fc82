import type { Command, EffectWork, Launch } from '@slipway/core';
import type { Plan, RunStep } from '@slipway/plan';
import { createRedactor } from '@slipway/provider-kit';
import type { Handler, Handlers } from '../handlers/handler.ts';
import { type Executed, Launches } from '../launches/launches.ts';
import { Hub } from '../live/hub.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import { Worker } from '../run/worker.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { samplePlan } from './sample-launch.ts';
import { createMemoryWorld, type SqliteWorld } from './sqlite-world.ts';

type CommandWork = Extract<EffectWork, { kind: 'command' }>;
export type CommandHandler = Handler<CommandWork>;

export const ADA = { kind: 'person', id: 'ada' } as const;
/** The only launch of a worker world, and the effect of its only step. */
export const LAUNCH = 'shop-1';
export const EFFECT = 'migrate:0.0';

export const STEP: RunStep = {
  id: 'migrate',
  title: 'Migrate',
  phase: 'launch',
  needs: [],
  onFail: 'hold',
  kind: 'run',
  effect: 'executive',
  command: { argv: ['migrate'], directory: '.', env: {}, timeout: 5_000 },
  attempts: 2,
  confirm: null,
  environment: null,
  verify: null,
  idempotent: false,
  undo: { kind: 'command', command: { argv: ['migrate', 'back'], directory: '.', env: {}, timeout: 5_000 } },
};

/** For work that no other process takes. */
export const KEPT = new AbortController().signal;

export function planOf(step: RunStep): Plan {
  return samplePlan({ phases: [{ name: 'launch', steps: [step.id] }], steps: { [step.id]: step } });
}

/** One server process on the database: it can be left for dead while another one goes on. */
export interface WorkerProcess {
  readonly worker: Worker;
  readonly launches: Launches;
  readonly hub: Hub;
  readonly queue: WorkQueue;
}

/** Launches with one command step, on a database in memory, in virtual time; the test says what the command does. */
export class WorkerWorld implements AsyncDisposable {
  readonly redactor = createRedactor();
  readonly errors: unknown[] = [];
  readonly #world: SqliteWorld;

  private constructor(world: SqliteWorld) {
    this.#world = world;
  }

  static async create(): Promise<WorkerWorld> {
    return new WorkerWorld(await createMemoryWorld());
  }

  /** `change`: what stands between the process and the store. */
  async process(
    command: CommandHandler,
    change: (store: LaunchStore) => LaunchStore = (store) => store,
  ): Promise<WorkerProcess> {
    const { clock, database } = this.#world;
    const queue = await this.#world.open();
    const hub = new Hub();
    const launches = new Launches({ store: change(createLaunchStore(database, queue)), queue, clock, hub });
    const handlers = handlersFor(command);
    return {
      worker: new Worker({
        launches,
        handlers,
        hub,
        clock,
        redactor: this.redactor,
        onError: (error) => this.errors.push(error),
      }),
      launches,
      hub,
      queue,
    };
  }

  /** Starts the launch in `process` and lets it work. */
  async start(process: WorkerProcess, own: Partial<RunStep> = {}): Promise<void> {
    await this.begin(process, own);
    await this.work(process);
  }

  /** Starts the launch; nobody works on it. */
  async begin(process: WorkerProcess, own: Partial<RunStep> = {}): Promise<void> {
    const plan = planOf({ ...STEP, ...own });
    await this.do(process, { type: 'start', launch: LAUNCH, plan, planDigest: 'digest', directory: '/shop' });
  }

  /** `lost`: that what it has was given to another process. */
  async work({ queue, worker }: WorkerProcess, lost: AbortSignal = KEPT): Promise<void> {
    await queue.start((work) => worker.handle(work, lost));
    await this.settle();
  }

  async do(process: WorkerProcess, command: Command): Promise<Executed> {
    const executed = await process.launches.execute({ launch: LAUNCH, command, actor: ADA });
    await this.settle();
    return executed;
  }

  async launch({ launches }: WorkerProcess): Promise<Launch> {
    const launch = await launches.find(LAUNCH);
    if (launch === null) throw new Error('the launch has not started');
    return launch;
  }

  queued(): Promise<readonly string[]> {
    return this.#world.queued();
  }

  /** The queue loses everything. */
  async loseWork(): Promise<void> {
    await this.#world.database.query('delete from work');
  }

  async events(): Promise<string> {
    return JSON.stringify(await this.#world.store.read(LAUNCH));
  }

  setClock(by: number): void {
    this.#world.clock.set(by);
  }

  pass(ms: number): Promise<void> {
    return this.#world.pass(ms);
  }

  /** Several turns for each of the transactions that a step needs. */
  async settle(): Promise<void> {
    for (let round = 0; round < 10; round += 1) await this.#world.settle();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#world[Symbol.asyncDispose]();
  }
}

export function handlersFor(command: CommandHandler): Handlers {
  const none: Handler<never> = {
    run: () => Promise.reject(new Error('nobody asks for this')),
    verify: () => Promise.reject(new Error('nobody asks for this')),
    idempotent: () => false,
  };
  return {
    lock: none,
    survey: none,
    check: none,
    command,
    start: none,
    restore: none,
    shift: none,
    stop: none,
    roll: none,
    observe: none,
    'confirm-back': none,
    'flag-survey': none,
    ramp: none,
    'kill-flag': none,
    send: none,
  };
}
