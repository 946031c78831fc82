import { setImmediate as nextTurn } from 'node:timers/promises';
import { ABSENT, type Launch, pending, type Recorded, type State } from '@slipway/core';
import { canonicalJson, type Plan } from '@slipway/plan';
import type { StartOrder, StoredEvent } from '@slipway/engine';
import type { End, Fault, Scenario } from '../scenario/fault.ts';
import { Life } from '../virtual/life.ts';
import { MemoryWork } from '../virtual/memory-work.ts';
import { Timeline } from '../virtual/timeline.ts';
import type { Beginning } from './beginning.ts';
import { keyOf } from './effect-owner.ts';
import { planUnder } from './plan-under.ts';
import type { Flown } from './flown.ts';
import { Desk } from './desk.ts';
import { isCrashed, mischiefOf } from './injection.ts';
import { Mailbox } from './mailbox.ts';
import { ON_CALL } from './people.ts';
import { interventionAt } from './interventions.ts';
import { isMet } from './is-met.ts';
import type { PortChanges } from './port-changes.ts';
import { createProcess, type Disk, type Process } from './process.ts';
import type { Stage } from './rehearse-scenario.ts';
import { worldFor } from './setting.ts';

/** Milliseconds until a process that died is there again. */
const AWAY = 5_000;
/** Milliseconds of virtual time by which a launch must have come to rest, and how much may happen until then. */
const LONGEST = 400 * 86_400_000;
const MOST_MOMENTS = 500_000;
export interface FlightParts {
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly beginning: Beginning;
  readonly changes: PortChanges;
}

/** One scenario as it is flown. */
export class Flight {
  readonly #stage: Stage;
  readonly #plan: Plan;
  readonly #scenario: Scenario;
  readonly #beginning: Beginning;
  readonly #changes: PortChanges;
  readonly #disk: Disk = { launches: new Map(), work: new MemoryWork() };
  readonly #timeline: Timeline;
  readonly #world;
  readonly #mailbox: Mailbox;
  readonly #log: Recorded[] = [];
  readonly #desk: Desk;
  readonly #landings = new Map<string, number>();
  readonly #watches = new Map<string, number>();
  /** Effects at which the process has died, without their round. */
  readonly #crashed = new Set<string>();
  #state: State = ABSENT;
  #life = new Life();
  #process: Process;
  #faultAt: number | null = null;
  #said = false;
  #failure: unknown = null;

  constructor({ stage, scenario, beginning, changes }: FlightParts) {
    this.#stage = stage;
    this.#scenario = scenario;
    this.#beginning = beginning;
    this.#changes = changes;
    this.#timeline = new Timeline(stage.start);
    this.#plan = planUnder(scenario.fault, stage.plan);
    this.#world = worldFor(this.#plan);
    this.#mailbox = new Mailbox(beginning);
    this.#desk = this.#openDesk();
    this.#process = this.#build();
  }

  get #launch(): Launch {
    if (this.#state.is === 'absent') throw new Error('the launch has not started');
    return this.#state;
  }

  get #fault(): Fault {
    return this.#scenario.fault;
  }

  async fly(): Promise<Flown> {
    const { planDigest, policy, start } = this.#stage;
    const plan = this.#plan;
    await this.#process.engine.open();
    // Whoever waits for the end of a freeze comes back then.
    if (this.#fault.kind === 'freeze') this.#timeline.at(this.#fault.to, () => this.#desk.look());
    const under = policy === null ? {} : { policy };
    // Not waited for: the process may die in the middle of it.
    void this.#start({ plan, planDigest, directory: '/', actor: ON_CALL, ...under });
    for (let moments = 0; moments < MOST_MOMENTS; moments += 1) {
      await nextTurn();
      if (this.#failure !== null) throw this.#failure;
      if (this.#isAtRest() || this.#timeline.now > start + LONGEST || !this.#timeline.step()) break;
    }
    // Of a process that is dead nobody gets an answer.
    const stored = this.#life.over ? [] : await this.#process.store.read(this.#launch.id);
    this.#life.end();
    return {
      scenario: this.#scenario,
      end: endOf(this.#launch),
      launch: this.#launch,
      plan: this.#plan,
      log: this.#log,
      stored,
      mails: this.#mailbox.mails,
      asked: this.#desk.asked,
      faultAt: this.#faultAt,
      world: this.#world,
      landings: this.#landings,
    };
  }

  async #start(order: StartOrder): Promise<void> {
    try {
      const started = await this.#process.engine.start(order);
      if (!started.ok) throw new Error(`the launch does not start: ${started.rejection.message}`);
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #isAtRest(): boolean {
    const { mode } = this.#launch;
    const isOver = mode.is === 'ended' || (mode.is === 'incomplete' && this.#desk.hasGivenUp);
    if (!isOver || this.#life.over) return false;
    const { effects, wakeAt } = pending(this.#launch, this.#timeline.now);
    return effects.length === 0 && wakeAt === null;
  }

  #build(): Process {
    const life = this.#life;
    return createProcess({
      disk: this.#disk,
      timeline: this.#timeline,
      life,
      beginning: this.#beginning,
      changes: this.#changes,
      took: (events) => this.#took(events),
      onError: (error) => (this.#failure ??= error),
      handlers: {
        world: this.#world,
        mailbox: this.#mailbox,
        mischief: ({ launch, effect, attempt }) => {
          const found = mischiefOf(this.#fault, launch, effect);
          return found === 'unknown' && attempt > 1 ? null : found;
        },
        trigger: this.#fault.kind === 'trigger' ? this.#fault.trigger : null,
        watchedSince: ({ effect }) => this.#watchedSince(`${effect.id} ${canonicalJson(effect.work)}`),
        bites: () => this.#bites(),
        landed: async ({ effect }) => {
          const key = keyOf(effect);
          this.#landings.set(key, (this.#landings.get(key) ?? 0) + 1);
          this.#perhapsDie('work-after', effect.id);
          await life.sees(Promise.resolve());
        },
      },
    });
  }

  #openDesk(): Desk {
    return new Desk({
      timeline: this.#timeline,
      world: this.#world,
      fault: this.#fault,
      launch: () => this.#launch,
      isAlive: () => !this.#life.over,
      hasMet: () => this.#faultAt !== null,
      bites: () => this.#bites(),
      command: async (command, actor) => (await this.#process.engine.command(this.#launch.id, command, actor)).ok,
      onError: (error) => (this.#failure ??= error),
    });
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
      this.#state = this.#beginning.evolve(this.#state, recorded);
    }
    for (const { event } of events) {
      if (event.type === 'effect-started') this.#perhapsDie('start-after', event.effect);
      if (event.type === 'effect-settled') this.#perhapsDie('settle-after', event.effect);
    }
    if (events.some((recorded) => isMet(this.#fault, recorded))) this.#bites();
    this.#perhapsIntervene(events);
    this.#desk.look();
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
      this.#process = this.#build();
      this.#process.engine.open().catch((error: unknown) => (this.#failure ??= error));
      this.#desk.look();
    });
  }

  /** What is tried again in another round, or told again, is the same work. */
  #workOf(effect: string): string {
    const { announcement } = this.#launch.notices[effect] ?? {};
    return announcement === undefined ? (effect.split('.')[0] ?? effect) : `announcement ${announcement}`;
  }

  /** What somebody does without being asked, once. Before the way back of a crash that is no fault, but its occasion. */
  #perhapsIntervene(events: readonly StoredEvent[]): void {
    if (this.#said) return;
    const fault = this.#fault;
    const command = events.map((event) => interventionAt(fault, this.#launch, event)).find((found) => found !== null);
    if (command === undefined || command === null) return;
    this.#said = true;
    this.#timeline.in(1, () => {
      if (!['crash', 'back-fails', 'expire'].includes(fault.kind)) this.#bites();
      void this.#desk.say(command, ON_CALL);
    });
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
