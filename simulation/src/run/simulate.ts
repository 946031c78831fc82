import type { Launch, Recorded } from '@slipway/core';
import { CoreDriver } from '../driver/core-driver.ts';
import type { Driver, Watcher } from '../driver/driver.ts';
import { type Rules, RULES } from '../driver/rules.ts';
import { Host } from '../host/host.ts';
import { randomWeather } from '../host/weather.ts';
import { allInvariants } from '../invariants/all.ts';
import type { Invariant, Mishaps } from '../invariants/invariant.ts';
import { killSomeFlagLater } from '../people/flag-owner.ts';
import { nextDeed, randomTeam, type Team } from '../people/team.ts';
import { randomScenario } from '../plans/random-plan.ts';
import type { Scenario } from '../plans/scenario.ts';
import { Random } from '../random/random.ts';
import { ClockSetter } from '../timeline/clock-setter.ts';
import { Timeline, type World } from '@slipway/rehearsal';
import { WallClock } from '../timeline/wall-clock.ts';
import { worldOf } from '../world/world-of.ts';
import { countEvent } from './count-event.ts';
import { Coverage } from './coverage.ts';

/** Epoch ms at which every simulated launch starts. */
const START = Date.UTC(2026, 0, 5, 9);
/** More than any launch takes: one that goes on for longer does not end. */
const MOST_STEPS = 30_000;

/** One launch that has come to its end, or to the point where an invariant broke. */
export interface Flown {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly log: readonly Recorded[];
  readonly coverage: Coverage;
  /** What broke; null: nothing did. */
  readonly broken: Error | null;
}

/** One random launch from its seed, with all that happens around it, watched by every invariant. */
export function simulate(seed: number, rules: Rules = RULES): Flown {
  const flight = new Simulation(seed, rules);
  let broken: Error | null = null;
  try {
    flight.fly();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    broken = error;
  }
  const { scenario, driver, coverage } = flight;
  return { seed, scenario, log: driver.log, coverage, broken };
}

class Simulation {
  readonly coverage = new Coverage();
  readonly scenario: Scenario;
  readonly driver: Driver;
  readonly #seed: number;
  readonly #random: Random;
  readonly #timeline = new Timeline(START);
  readonly #wall = new WallClock(this.#timeline);
  readonly #world: World;
  readonly #host: Host;
  readonly #clockSetter: ClockSetter;
  readonly #team: Team;
  readonly #invariants: readonly Invariant[];
  /** How often somebody of the team still looks in. */
  #visits: number;
  #clocksSet = 0;

  constructor(seed: number, rules: Rules) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.scenario = randomScenario(this.#random);
    this.#world = worldOf(this.scenario);
    this.#team = randomTeam(this.#random);
    this.#visits = this.#random.int(8, 60);
    const [now, time] = [() => this.#wall.now, () => this.#timeline.now];
    const driver = new CoreDriver({ rules, now, time, watcher: this.#watcher() });
    this.driver = driver;
    const setting = {
      scenario: this.scenario,
      world: this.#world,
      rules,
      pending: () => driver.pending(),
      mishaps: () => this.#mishaps(),
    };
    this.#invariants = allInvariants(setting);
    this.#clockSetter = new ClockSetter({
      timeline: this.#timeline,
      wall: this.#wall,
      random: this.#random,
      told: (by) => this.#clockWasSet(by),
    });
    this.#host = new Host({
      driver,
      world: this.#world,
      timeline: this.#timeline,
      wall: this.#wall,
      clockSetter: this.#clockSetter,
      random: this.#random,
      weather: randomWeather(this.#random),
      coverage: this.coverage,
      landed: () => this.#invariants.forEach((invariant) => invariant.landed?.()),
    });
  }

  fly(): void {
    const { plan } = this.scenario;
    const start = { type: 'start', launch: 'random-1', plan, planDigest: 'digest', directory: '.' } as const;
    this.driver.command(start, { kind: 'person', id: 'ada' });
    this.#visitLater();
    this.#crashLater();
    this.#clockSetter.setLater();
    this.#killSomeFlagLater();
    for (let steps = 0; this.#timeline.step(); steps += 1) {
      if (steps > MOST_STEPS) throw new Error(`after ${MOST_STEPS} steps the launch has not come to an end`);
    }
    for (const invariant of this.#invariants) invariant.end?.(this.driver.launch);
    this.#countEnd(this.driver.launch);
  }

  #watcher(): Watcher {
    return {
      event: (change) => {
        countEvent(change, this.coverage);
        for (const invariant of this.#invariants) invariant.event?.(change);
      },
      decided: (launch, changes) => {
        for (const invariant of this.#invariants) invariant.decided?.(launch, changes, this.#timeline.now);
        this.#host.saw(launch);
        this.#host.changed();
      },
    };
  }

  #clockWasSet(by: number): void {
    this.#clocksSet += 1;
    this.coverage.count(`clocks: ${by < 0 ? 'set back' : 'set forward'} ${this.#host.up ? 'under way' : 'while down'}`);
  }

  #mishaps(): Mishaps {
    const { deaths, births } = this.#host;
    return { lives: deaths + births, all: deaths + this.#clocksSet };
  }

  #visitLater(): void {
    this.#timeline.in(this.#random.int(500, 30_000), () => {
      const { mode } = this.driver.launch;
      if (mode.is === 'ended') return;
      this.#visits -= 1;
      if (this.#visits > 0) {
        this.#visit();
        this.#visitLater();
      } else if (mode.is === 'running' || mode.is === 'held') {
        this.#visits = this.#random.int(2, 10);
        this.driver.command({ type: 'abort', reason: 'it takes too long' }, { kind: 'person', id: 'ada' });
        this.#visitLater();
      }
    });
  }

  #visit(): void {
    const deed = nextDeed(this.#team, this.driver.launch, { world: this.#world, random: this.#random });
    if (deed === null) return;
    const answer = this.driver.command(deed.command, deed.actor);
    this.coverage.count(`deeds: ${deed.command.type} ${answer.ok ? 'accepted' : 'refused'}`);
    if (!answer.ok) this.coverage.count(`refusals: ${answer.rejection.code}`);
  }

  /** Besides the deaths that the weather brings, a few at any time. */
  #crashLater(): void {
    const crashes = Math.max(0, this.#random.int(-5, 3));
    for (let count = 0; count < crashes; count += 1)
      this.#timeline.in(this.#random.int(1, 300_000), () => this.#host.crash());
  }

  #killSomeFlagLater(): void {
    killSomeFlagLater({
      world: this.#world,
      timeline: this.#timeline,
      seed: this.#seed,
      coverage: this.coverage,
      launch: () => this.driver.launch,
      landed: () => this.#invariants.forEach((invariant) => invariant.landed?.()),
    });
  }

  #countEnd(launch: Launch): void {
    const { mode } = launch;
    this.coverage.count('launches: all');
    this.coverage.count(`endings: ${mode.is === 'ended' ? mode.as : mode.is}`);
    this.coverage.count('events: all', launch.head.seq);
  }
}
