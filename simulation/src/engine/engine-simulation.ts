import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Actor, ABSENT, type Launch, type Recorded, type State } from '@slipway/core';
import {
  type Clock,
  createEngine,
  createInProcessQueue,
  createLaunchStore,
  createLeases,
  type Database,
  type Engine,
  type Handlers,
  type LaunchStore,
  openSqliteDatabase,
  type PersonCommand,
  type StoredEvent,
} from '@slipway/engine';
import { createRedactor } from '@slipway/provider-kit';
import type { Change } from '../driver/driver.ts';
import { RULES } from '../driver/rules.ts';
import { randomWeather, type Weather } from '../host/weather.ts';
import { allInvariants } from '../invariants/all.ts';
import { Broken, type Invariant, type Mishaps } from '../invariants/invariant.ts';
import { killSomeFlagLater } from '../people/flag-owner.ts';
import { nextDeed, randomTeam, type Team } from '../people/team.ts';
import { randomScenario } from '../plans/random-plan.ts';
import type { Scenario } from '../plans/scenario.ts';
import { Random } from '../random/random.ts';
import { countEvent } from '../run/count-event.ts';
import { Coverage } from '../run/coverage.ts';
import type { Flown } from '../run/simulate.ts';
import { ClockSetter } from '../timeline/clock-setter.ts';
import { Life, mortalDatabase, Timeline, virtualClock, watchedStore, type World } from '@slipway/rehearsal';
import { WallClock } from '../timeline/wall-clock.ts';
import { worldOf } from '../world/world-of.ts';
import { Stumble, stumblingStore } from './stumbling-store.ts';
import { worldHandlers } from './world-handlers.ts';

/** Epoch ms. */
const START = Date.UTC(2026, 0, 5, 9);
/** Milliseconds of virtual time by which every launch must have come to rest. */
const LONGEST = 6 * 3_600_000;
const ID = 'random-1';
const ADA = { kind: 'person', id: 'ada' } as const;

/** What stands between the engine and its ports: nothing or, to prove that the invariants notice, a fault. */
export interface PortChanges {
  readonly store: (store: LaunchStore) => LaunchStore;
  readonly handlers: (handlers: Handlers) => Handlers;
  readonly clock: (clock: Clock) => Clock;
}

export const SOUND: PortChanges = {
  store: (store) => store,
  handlers: (handlers) => handlers,
  clock: (clock) => clock,
};

/** One random launch from its seed through the real engine: its store on SQLite, its queue, its worker, in virtual time. */
export async function simulateEngine(seed: number, ports: PortChanges = SOUND): Promise<Flown> {
  const database = await openSqliteDatabase(':memory:');
  const flight = new EngineSimulation(seed, database, ports);
  try {
    await flight.fly();
  } catch (error) {
    flight.fail(error);
  } finally {
    await database.close();
  }
  const { scenario, log, coverage, broken } = flight;
  return { seed, scenario, log, coverage, broken };
}

class EngineSimulation {
  readonly coverage = new Coverage();
  readonly scenario: Scenario;
  readonly log: Recorded[] = [];
  broken: Error | null = null;
  readonly #database: Database;
  readonly #ports: PortChanges;
  readonly #seed: number;
  readonly #random: Random;
  readonly #timeline = new Timeline(START);
  readonly #wall = new WallClock(this.#timeline);
  readonly #world: World;
  readonly #weather: Weather;
  readonly #team: Team;
  readonly #invariants: readonly Invariant[];
  readonly #clockSetter: ClockSetter;
  #state: State = ABSENT;
  #life = new Life();
  #engine: Engine;
  #visits: number;
  #mishaps: Mishaps = { lives: 0, all: 0 };

  constructor(seed: number, database: Database, ports: PortChanges) {
    this.#database = database;
    this.#ports = ports;
    this.#seed = seed;
    this.#random = new Random(seed);
    this.scenario = randomScenario(this.#random);
    this.#world = worldOf(this.scenario);
    this.#weather = randomWeather(this.#random);
    this.#team = randomTeam(this.#random);
    this.#visits = this.#random.int(8, 40);
    this.#clockSetter = new ClockSetter({
      timeline: this.#timeline,
      wall: this.#wall,
      random: this.#random,
      told: (by) => this.#clockWasSet(by),
    });
    const pending = () => RULES.pending(this.#launch, this.#wall.now);
    const [{ scenario }, world, mishaps] = [this, this.#world, () => this.#mishaps];
    this.#invariants = allInvariants({ scenario, world, rules: RULES, pending, mishaps });
    this.#engine = this.#build();
  }

  get #launch(): Launch {
    if (this.#state.is === 'absent') throw new Error('the launch has not started');
    return this.#state;
  }

  async fly(): Promise<void> {
    await this.#engine.open();
    void this.#engine.start({ plan: this.scenario.plan, planDigest: 'digest', directory: '/shop', actor: ADA });
    await nextTurn();
    this.#visitLater();
    this.#crashLater();
    this.#clockSetter.setLater();
    this.#killSomeFlagLater();
    while (this.broken === null && !this.#isAtRest() && this.#timeline.step()) {
      await nextTurn();
      if (this.#timeline.now > START + LONGEST)
        throw new Broken('way-back-ends', `the launch is ${this.#launch.mode.is} for hours`);
    }
    this.#life.end();
    if (this.broken !== null) return;
    for (const invariant of this.#invariants) invariant.end?.(this.#launch);
    this.coverage.count(`endings: ${this.#launch.mode.is === 'ended' ? this.#launch.mode.as : this.#launch.mode.is}`);
    this.coverage.count('launches: all');
  }

  fail(error: unknown): void {
    this.broken ??= error instanceof Error ? error : new Error(String(error));
  }

  /** Leases are renewed for ever, so time never runs out of things to do. */
  #isAtRest(): boolean {
    const { mode } = this.#launch;
    if (mode.is !== 'ended' && (mode.is !== 'incomplete' || this.#visits > 0)) return false;
    const { effects, wakeAt } = RULES.pending(this.#launch, this.#wall.now);
    return effects.length === 0 && wakeAt === null;
  }

  /** A process comes to life: a new engine over what the old one left in the database. */
  #build(): Engine {
    const life = this.#life;
    const database = mortalDatabase(this.#database, life);
    const clock = this.#ports.clock(virtualClock(this.#timeline, this.#wall, life));
    const fail = (error: unknown): void => {
      if (!life.over && !(error instanceof Stumble)) this.fail(error);
    };
    const queue = createInProcessQueue(database, clock, { onError: fail });
    const watched = watchedStore(this.#ports.store(createLaunchStore(database, queue)), (events) => this.#took(events));
    const store = stumblingStore(watched, () => this.#drawAppend());
    const leases = createLeases(database);
    const landed = (): void => this.#guard(() => this.#invariants.forEach((invariant) => invariant.landed?.()));
    const { world, random, weather } = { world: this.#world, random: this.#random, weather: this.#weather };
    const handlers = this.#ports.handlers(worldHandlers({ world, random, weather, clock, leases, life, landed }));
    return createEngine({ store, queue, leases, clock, handlers, redactor: createRedactor(), onError: fail });
  }

  #drawAppend(): 'fine' | 'refused' | 'unheard' {
    if (!this.#random.chance(this.#weather.stumble)) return 'fine';
    const drawn = this.#random.chance(0.5) ? 'refused' : 'unheard';
    this.#befell(0);
    this.coverage.count(`appends: ${drawn}`);
    return drawn;
  }

  /** An invariant that breaks must not look like a failure of the store to the engine. */
  #guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.fail(error);
    }
  }

  #took(events: readonly StoredEvent[]): void {
    const time = this.#timeline.now;
    const changes = events.map((recorded): Change => {
      const before = this.#state;
      this.log.push(recorded);
      this.#state = RULES.evolve(before, recorded);
      const change = { recorded, before, after: this.#launch, time };
      countEvent(change, this.coverage);
      this.#guard(() => this.#invariants.forEach((invariant) => invariant.event?.(change)));
      return change;
    });
    this.#guard(() => this.#invariants.forEach((invariant) => invariant.decided?.(this.#launch, changes, time)));
    if (this.#random.chance(this.#weather.crash / 2)) this.#crash();
  }

  #killSomeFlagLater(): void {
    killSomeFlagLater({
      world: this.#world,
      timeline: this.#timeline,
      seed: this.#seed,
      coverage: this.coverage,
      launch: () => this.#launch,
      landed: () => this.#guard(() => this.#invariants.forEach((invariant) => invariant.landed?.())),
    });
  }

  #clockWasSet(by: number): void {
    this.#befell(0);
    const when = this.#life.over ? 'while down' : 'under way';
    this.coverage.count(`clocks: ${by < 0 ? 'set back' : 'set forward'} ${when}`);
  }

  #befell(deaths: number): void {
    this.#mishaps = { lives: this.#mishaps.lives + deaths, all: this.#mishaps.all + 1 };
  }

  #crashLater(): void {
    const crashes = Math.max(0, this.#random.int(-5, 3));
    for (let count = 0; count < crashes; count += 1)
      this.#timeline.in(this.#random.int(1, 300_000), () => this.#crash());
  }

  #crash(): void {
    if (this.#life.over) return;
    this.coverage.count(`crashes: while ${this.#launch.mode.is}`);
    this.#befell(1);
    this.#life.end();
    const away = this.#random.int(50, 15_000);
    this.#clockSetter.perhapsWithin(away);
    this.#timeline.in(away, () => {
      this.#life = new Life();
      this.#engine = this.#build();
      this.#liveAgain().catch((error: unknown) => this.fail(error));
    });
  }

  /** The queue is disposable: sometimes nothing of it is left. */
  async #liveAgain(): Promise<void> {
    const lost = this.#random.chance(0.2);
    if (lost) this.coverage.count('queues: lost');
    if (lost) await this.#database.query('delete from work');
    await this.#engine.open();
  }

  #visitLater(): void {
    this.#timeline.in(this.#random.int(500, 30_000), () => {
      const { mode } = this.#launch;
      if (mode.is === 'ended') return;
      this.#visits -= 1;
      if (this.#visits > 0) this.#visit();
      if (this.#visits <= 0 && (mode.is === 'running' || mode.is === 'held')) this.#callOff();
      if (this.#visits > 0) this.#visitLater();
    });
  }

  /** Until somebody is there to take the word, it is said again. */
  #callOff(): void {
    this.#visits = this.#random.int(2, 10);
    if (this.#life.over) this.#visits = 1;
    else void this.#say({ type: 'abort', reason: 'it takes too long' }, ADA);
  }

  #visit(): void {
    if (this.#life.over) return;
    const from = { world: this.#world, random: this.#random };
    const deed = nextDeed(this.#team, this.#launch, from);
    const { command } = deed ?? {};
    if (deed === null || command === undefined || command.type === 'start' || command.type === 'tick') return;
    if (command.type === 'begin-effect' || command.type === 'note-effect' || command.type === 'settle-effect') return;
    void this.#say(command, deed.actor);
  }

  /** Who hears that the database stumbled may say it again at the next visit. */
  async #say(command: PersonCommand, actor: Actor): Promise<void> {
    try {
      const answer = await this.#engine.command(ID, command, actor);
      this.coverage.count(`deeds: ${command.type} ${answer.ok ? 'accepted' : 'refused'}`);
    } catch (error) {
      if (!(error instanceof Stumble)) this.fail(error);
      this.coverage.count(`deeds: ${command.type} met a stumble`);
    }
  }
}
