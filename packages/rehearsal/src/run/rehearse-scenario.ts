import { setImmediate as nextTurn } from 'node:timers/promises';
import { ABSENT, type Launch, type LaunchPolicy, pending, type Recorded, type State, evolve } from '@slipway/core';
import {
  createEngine,
  createInProcessQueue,
  createLaunchStore,
  createLeases,
  type Database,
  type Engine,
  openSqliteDatabase,
  type PersonCommand,
  type StartOrder,
  type StoredEvent,
} from '@slipway/engine';
import type { Actor } from '@slipway/core';
import type { Plan } from '@slipway/plan';
import { createRedactor } from '@slipway/provider-kit';
import type { End, Fault, Scenario } from '../scenario/fault.ts';
import { Life, mortalDatabase, virtualClock } from '../virtual/life.ts';
import { Timeline } from '../virtual/timeline.ts';
import { watchedStore } from '../virtual/watched-store.ts';
import { asksOf, ON_CALL } from './people.ts';
import type { Asked, Flown } from './flown.ts';
import { keyOf } from './effect-owner.ts';
import { rehearsalHandlers } from './handlers.ts';
import { isCrashed, mischiefOf } from './injection.ts';
import { Mailbox } from './mailbox.ts';
import { isPhaseMoment } from './phase-moment.ts';
import { worldFor } from './setting.ts';

/** What all scenarios of a rehearsal have in common. */
export interface Stage {
  readonly plan: Plan;
  readonly planDigest: string;
  readonly policy: LaunchPolicy | null;
  /** Epoch ms. */
  readonly start: number;
}

/** Milliseconds of virtual time after which somebody does what they are asked. */
const REACTION = 60_000;
/** Milliseconds until a process that died is there again. */
const AWAY = 5_000;
/** Milliseconds of virtual time by which a launch must have come to rest, and how much may happen until then. */
const LONGEST = 400 * 86_400_000;
const MOST_MOMENTS = 500_000;
/** How often what does not work is tried again, and a refusal taken, before nobody comes any more. */
const MOST_TRIES = 3;

/** One scenario from its start to its end: the real core and engine on a database in memory, in virtual time. Rejects where the engine itself fails. */
export async function rehearseScenario(stage: Stage, scenario: Scenario): Promise<Flown> {
  const database = await openSqliteDatabase(':memory:');
  const flight = new Flight(stage, scenario, database);
  try {
    return await flight.fly();
  } finally {
    await database.close();
  }
}

class Flight {
  readonly #stage: Stage;
  readonly #scenario: Scenario;
  readonly #database: Database;
  readonly #timeline: Timeline;
  readonly #world;
  readonly #mailbox = new Mailbox();
  readonly #log: Recorded[] = [];
  readonly #asked = new Map<string, Asked>();
  readonly #landings = new Map<string, number>();
  readonly #watches = new Map<string, number>();
  /** Effects at which the process has died, without their round. */
  readonly #crashed = new Set<string>();
  #state: State = ABSENT;
  #life = new Life();
  #engine: Engine;
  #faultAt: number | null = null;
  #said = false;
  #visits = false;
  #mended = 0;
  #refused = 0;
  #failure: unknown = null;

  constructor(stage: Stage, scenario: Scenario, database: Database) {
    this.#stage = stage;
    this.#scenario = scenario;
    this.#database = database;
    this.#timeline = new Timeline(stage.start);
    this.#world = worldFor(stage.plan);
    this.#engine = this.#build();
  }

  get #launch(): Launch {
    if (this.#state.is === 'absent') throw new Error('the launch has not started');
    return this.#state;
  }

  get #fault(): Fault {
    return this.#scenario.fault;
  }

  async fly(): Promise<Flown> {
    const { plan, planDigest, policy, start } = this.#stage;
    await this.#engine.open();
    const under = policy === null ? {} : { policy };
    // Not waited for: the process may die in the middle of it.
    void this.#start({ plan, planDigest, directory: '/', actor: ON_CALL, ...under });
    for (let moments = 0; moments < MOST_MOMENTS; moments += 1) {
      await nextTurn();
      if (this.#failure !== null) throw this.#failure;
      if (this.#isAtRest() || this.#timeline.now > start + LONGEST || !this.#timeline.step()) break;
    }
    this.#life.end();
    return {
      scenario: this.#scenario,
      end: endOf(this.#launch),
      launch: this.#launch,
      log: this.#log,
      mails: this.#mailbox.mails,
      asked: [...this.#asked.values()],
      faultAt: this.#faultAt,
      world: this.#world,
      landings: this.#landings,
    };
  }

  async #start(order: StartOrder): Promise<void> {
    try {
      const started = await this.#engine.start(order);
      if (!started.ok) throw new Error(`the launch does not start: ${started.rejection.message}`);
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #isAtRest(): boolean {
    const { mode } = this.#launch;
    const isOver = mode.is === 'ended' || (mode.is === 'incomplete' && this.#mended >= MOST_TRIES);
    if (!isOver || this.#life.over) return false;
    const { effects, wakeAt } = pending(this.#launch, this.#timeline.now);
    return effects.length === 0 && wakeAt === null;
  }

  /** A process comes to life: a new engine over what the old one left in the database. */
  #build(): Engine {
    const life = this.#life;
    const database = mortalDatabase(this.#database, life);
    const clock = virtualClock(this.#timeline, this.#timeline, life);
    const onError = (error: unknown): void => {
      if (!life.over) this.#failure ??= error;
    };
    // Nothing is overlooked and no lease is taken where one process is alone: 48 hours of looking would take long.
    const queue = createInProcessQueue(database, clock, { onError, readAllEvery: Infinity });
    const store = watchedStore(createLaunchStore(database, queue), (events) => this.#took(events));
    const handlers = rehearsalHandlers({
      world: this.#world,
      clock,
      mailbox: this.#mailbox,
      mischief: ({ launch, effect, attempt }) => {
        const found = mischiefOf(this.#fault, launch, effect);
        return found === 'unknown' && attempt > 1 ? null : found;
      },
      watchedSince: ({ effect }) => this.#watchedSince(`${effect.id} ${JSON.stringify(effect.work)}`),
      bites: () => this.#bites(),
      landed: async ({ effect }) => {
        const key = keyOf(effect);
        this.#landings.set(key, (this.#landings.get(key) ?? 0) + 1);
        this.#perhapsDie('work-after', effect.id);
        await life.sees(Promise.resolve());
      },
    });
    const leases = createLeases(database);
    const ports = { store, queue, leases, clock, handlers, redactor: createRedactor(), onError };
    return createEngine({ ...ports, renewEvery: Infinity });
  }

  #watchedSince(watch: string): number {
    const since = this.#watches.get(watch) ?? this.#timeline.now;
    this.#watches.set(watch, since);
    return since;
  }

  #bites(): void {
    this.#faultAt ??= this.#timeline.now;
  }

  #took(events: readonly StoredEvent[]): void {
    for (const recorded of events) {
      this.#log.push(recorded);
      this.#state = evolve(this.#state, recorded);
    }
    for (const { event } of events) {
      if (event.type === 'effect-started') this.#perhapsDie('start-after', event.effect);
      if (event.type === 'effect-settled') this.#perhapsDie('settle-after', event.effect);
    }
    this.#perhapsGoBack(events);
    this.#ask();
  }

  #perhapsDie(at: string, effect: string): void {
    const { boundary, step } = { boundary: null, step: null, ...this.#fault };
    const work = this.#workOf(effect);
    if (boundary !== at || step === null || this.#crashed.has(work) || this.#life.over) return;
    if (!isCrashed(this.#fault, this.#launch, effect)) return;
    this.#crashed.add(work);
    this.#bites();
    this.#life.end();
    this.#timeline.in(AWAY, () => {
      this.#life = new Life();
      this.#engine = this.#build();
      this.#engine.open().catch((error: unknown) => (this.#failure ??= error));
      this.#ask();
    });
  }

  /** What is tried again in another round, or told again, is the same work. */
  #workOf(effect: string): string {
    const { announcement } = this.#launch.notices[effect] ?? {};
    return announcement === undefined ? (effect.split('.')[0] ?? effect) : `announcement ${announcement}`;
  }

  /** The word of a person in a phase; before the way back of a crash, that of the good path's end. */
  #perhapsGoBack(events: readonly StoredEvent[]): void {
    const fault = this.#turning();
    if (this.#said || fault === null || !events.some((event) => isPhaseMoment(fault, this.#launch, event))) return;
    this.#said = true;
    this.#timeline.in(1, () => {
      if (this.#fault.kind !== 'crash') this.#bites();
      void this.#say({ type: fault.kind === 'abort' ? 'abort' : 'rollback', reason: 'rehearsed' }, ON_CALL);
    });
  }

  #turning(): Extract<Fault, { kind: 'abort' | 'rollback' }> | null {
    const fault = this.#fault;
    if (fault.kind === 'abort' || fault.kind === 'rollback') return fault;
    const phase = this.#stage.plan.phases.at(-1)?.name;
    if (fault.kind !== 'crash' || fault.step !== '~way-back' || phase === undefined) return null;
    return { kind: 'rollback', phase };
  }

  /** Notes what people are asked now, and has one of them answer in a while. */
  #ask(): void {
    const asks = this.#asks();
    for (const { kind, role, about } of asks) {
      const key = `${kind} ${role} ${about}`;
      if (!this.#asked.has(key)) this.#asked.set(key, { at: this.#timeline.now, kind, role, about });
    }
    if (this.#visits || this.#refused >= MOST_TRIES || asks.every(({ deed }) => deed === null)) return;
    this.#visits = true;
    this.#timeline.in(REACTION, () => {
      this.#visits = false;
      void this.#visit();
    });
  }

  #asks() {
    const asks = asksOf({ launch: this.#launch, world: this.#world, fault: this.#fault, now: this.#timeline.now });
    return this.#mended < MOST_TRIES ? asks : asks.filter(({ kind }) => kind !== 'mend');
  }

  async #visit(): Promise<void> {
    const ask = this.#asks().find(({ deed }) => deed !== null);
    if (ask === undefined || ask.deed === null || this.#life.over) return;
    if (ask.kind === 'mend') this.#mended += 1;
    const { command, actor } = ask.deed;
    if (command.type === 'vote' && command.vote === 'no-go') this.#bites();
    await this.#say(command, actor);
  }

  async #say(command: PersonCommand, actor: Actor): Promise<void> {
    try {
      const answer = await this.#engine.command(this.#launch.id, command, actor);
      if (answer.ok) return;
      this.#refused += 1;
      this.#ask();
    } catch (error) {
      this.#failure ??= error;
    }
  }
}

function endOf({ mode }: Launch): End {
  switch (mode.is) {
    case 'ended':
      return mode.as;
    case 'incomplete':
      return 'rollback-incomplete';
    case 'held':
      return 'held';
    case 'running':
    case 'stopping':
    case 'undoing':
      return 'stuck';
  }
}
