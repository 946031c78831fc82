import { setTimeout as pass } from 'node:timers/promises';
import type { Launch } from '@slipway/core';
import type { FlagRollout, Plan, Step } from '@slipway/plan';
import { createRedactor } from '@slipway/provider-kit';
import { createEngine, type Engine, type PersonCommand } from '../engine.ts';
import { done, type EffectContext, type Handlers, runAgain } from '../handlers/handler.ts';
import { lockHandler } from '../handlers/lock.ts';
import type { Database } from '../ports/database.ts';
import { createInProcessQueue } from '../queue/in-process-queue.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { createLeases } from '../store/leases.ts';
import { createManualClock } from './manual-clock.ts';
import { samplePlan } from './sample-launch.ts';
import { ADA, handlersFor, STEP } from './worker-world.ts';

/** Of virtual time, in milliseconds, and how long what a database is asked is given in between. */
const STEP_OF_TIME = 250;
const BREATH = 2;
/** For work that ends when a test says so. */
const LONG = 3_600_000;

/**
 * Launches that each change one environment and then another, with the real lock, on a database of a test's choice. A launch goes on
 * to its second one when `cross` is called.
 */
export class RingWorld {
  readonly errors: string[] = [];
  readonly #database: Database;
  readonly #clock = createManualClock();
  readonly #crossings = new Map<string, PromiseWithResolvers<void>>();
  #engine: Engine;

  private constructor(database: Database) {
    this.#database = database;
    this.#engine = this.#compose();
  }

  static async open(database: Database): Promise<RingWorld> {
    const world = new RingWorld(database);
    await world.#engine.open();
    return world;
  }

  /** `first>second`, each an environment or, as `environment/flag`, a flag of one; resolves when the launch has its first. */
  async start(way: string): Promise<string> {
    const id = await this.begin(way);
    await this.until(id, ({ effects }) => effects['first:1.0']?.is === 'started');
    return id;
  }

  /** The launch may have to wait for its first one. */
  async begin(way: string): Promise<string> {
    const started = await this.#engine.start({ plan: planOf(way), planDigest: 'digest', directory: '/', actor: ADA });
    if (!started.ok) throw new Error(started.rejection.message);
    return started.launch.id;
  }

  cross(...launches: readonly string[]): void {
    for (const id of launches) this.#crossing(id).resolve();
  }

  #crossing(launch: string): PromiseWithResolvers<void> {
    const crossing = this.#crossings.get(launch) ?? Promise.withResolvers<void>();
    this.#crossings.set(launch, crossing);
    return crossing;
  }

  /** The server goes and another one comes; work that was cut is found done, and its launch goes on. */
  async restart(): Promise<void> {
    const closing = this.#engine.close(0);
    // What is told to stop is given some seconds to do so.
    await this.#passUntil(closing);
    this.#engine = this.#compose();
    await this.#engine.open();
  }

  async close(): Promise<void> {
    await this.#passUntil(this.#engine.close(0));
  }

  async do(id: string, command: PersonCommand): Promise<void> {
    const executed = await this.#engine.command(id, command, ADA);
    if (!executed.ok) throw new Error(executed.rejection.message);
  }

  async launch(id: string): Promise<Launch> {
    const launch = await this.#engine.find(id);
    if (launch === null) throw new Error(`there is no launch ${id}`);
    return launch;
  }

  saying(launch: Launch): string {
    return JSON.stringify(this.#engine.live(launch));
  }

  async types(id: string): Promise<readonly string[]> {
    return (await this.#engine.events(id)).map(({ event }) => event.type);
  }

  /** Lets time pass until it is so. */
  async until(id: string, isSo: (launch: Launch) => boolean): Promise<Launch> {
    for (;;) {
      const launch = await this.launch(id);
      if (isSo(launch)) return launch;
      await this.pass(STEP_OF_TIME);
    }
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_OF_TIME) {
      await this.#clock.advance(Math.min(left, STEP_OF_TIME));
      await pass(BREATH);
    }
  }

  async #passUntil(ending: Promise<void>): Promise<void> {
    let over = false;
    const watched = ending.then(() => (over = true));
    while (!over) await this.pass(STEP_OF_TIME);
    await watched;
  }

  #compose(): Engine {
    const leases = createLeases(this.#database);
    const queue = createInProcessQueue(this.#database, this.#clock);
    const waiting = async ({ launch, effect, signal }: EffectContext): Promise<void> => {
      if (effect.id === 'first:1.0') await orAborted(this.#crossing(launch.id).promise, signal);
    };
    const command = handlersFor({
      run: async (_work, context) => {
        await waiting(context);
        return done('changed');
      },
      verify: async () => ({ done: 'yes', evidence: { summary: 'it is there', items: [] } }),
      idempotent: () => false,
    });
    return createEngine({
      store: createLaunchStore(this.#database, queue),
      queue,
      leases,
      clock: this.#clock,
      handlers: { ...command, 'flag-survey': surveyAfter(waiting), lock: lockHandler(leases, this.#clock) },
      redactor: createRedactor(),
      onError: (error, what) => this.errors.push(`${what}: ${String(error)}`),
    });
  }
}

/** The flag is everybody's already: there is nothing to ramp, and nothing to take back. */
function surveyAfter(waiting: (context: EffectContext) => Promise<void>): Handlers['flag-survey'] {
  return {
    run: async ({ variant }, context) => {
      await waiting(context);
      return { ...done('looked'), data: { kind: 'survey', current: variant } };
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('it was stopped')), { once: true });
  });
  await Promise.race([work, aborted]);
}

function planOf(way: string): Plan {
  const [first = '', second = ''] = way.split('>');
  return samplePlan({
    phases: [{ name: 'launch', steps: ['first', 'second'] }],
    steps: {
      first: stepOf('first', first),
      second: { ...stepOf('second', second), needs: ['first'], onFail: 'rollback' },
    },
  });
}

function stepOf(id: string, place: string): Step {
  const [environment = '', flag] = place.split('/');
  if (flag === undefined) return { ...STEP, id, environment, command: { ...STEP.command, timeout: LONG } };
  const { title, phase, needs, onFail } = STEP;
  const ramp: FlagRollout = {
    id,
    title,
    phase,
    needs,
    onFail,
    kind: 'rollout',
    strategy: 'flag',
    environment,
    flag,
    variant: 'on',
    cohort: flag,
    stages: [],
    timeout: LONG,
    attempts: 1,
  };
  return ramp;
}
