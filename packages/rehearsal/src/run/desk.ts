import type { Actor, Launch } from '@slipway/core';
import type { PersonCommand } from '@slipway/engine';
import type { Fault } from '../scenario/fault.ts';
import type { Timeline } from '../virtual/timeline.ts';
import type { World } from '../world/world.ts';
import type { Ask } from './ask.ts';
import type { Asked } from './flown.ts';
import { asksOf, isLeftOpen } from './people.ts';

/** Milliseconds of virtual time after which somebody does what they are asked. */
const REACTION = 60_000;
/** How often what does not work is tried again, and a refusal taken, before nobody comes any more. */
const MOST_TRIES = 3;

export interface DeskPorts {
  readonly timeline: Timeline;
  readonly world: World;
  readonly fault: Fault;
  readonly launch: () => Launch;
  readonly isAlive: () => boolean;
  readonly hasMet: () => boolean;
  /** The fault comes about. */
  readonly bites: () => void;
  /** false: it was refused. Rejects where the engine fails. */
  readonly command: (command: PersonCommand, actor: Actor) => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

/** Where the questions of a launch are noted, and people come by to answer them. */
export class Desk {
  readonly #ports: DeskPorts;
  readonly #asked = new Map<string, Asked>();
  #isVisited = false;
  #mended = 0;
  #refused = 0;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  get asked(): readonly Asked[] {
    return [...this.#asked.values()];
  }

  /** Nobody tries any more to mend what does not let itself be mended. */
  get hasGivenUp(): boolean {
    return this.#mended >= MOST_TRIES;
  }

  /** Notes what people are asked now, and has one of them answer in a while. */
  look(): void {
    const { timeline, fault, bites } = this.#ports;
    const asks = this.#asks();
    if (asks.some((ask) => isLeftOpen(fault, ask))) bites();
    for (const { kind, role, about } of asks) {
      const key = `${kind} ${role} ${about}`;
      if (!this.#asked.has(key)) this.#asked.set(key, { at: timeline.now, kind, role, about });
    }
    if (this.#isVisited || this.#refused >= MOST_TRIES || asks.every(({ deed }) => deed === null)) return;
    this.#isVisited = true;
    timeline.in(REACTION, () => {
      this.#isVisited = false;
      void this.#visit();
    });
  }

  async say(command: PersonCommand, actor: Actor): Promise<void> {
    try {
      if (await this.#ports.command(command, actor)) return;
      this.#refused += 1;
      this.look();
    } catch (error) {
      this.#ports.onError(error);
    }
  }

  #asks(): readonly Ask[] {
    const { launch, world, fault, timeline, hasMet } = this.#ports;
    const asks = asksOf({ launch: launch(), world, fault, now: timeline.now, hasMet: hasMet() });
    return this.hasGivenUp ? asks.filter(({ kind }) => kind !== 'mend') : asks;
  }

  async #visit(): Promise<void> {
    const ask = this.#asks().find(({ deed }) => deed !== null);
    if (ask === undefined || ask.deed === null || !this.#ports.isAlive()) return;
    if (ask.kind === 'mend') this.#mended += 1;
    const { command, actor } = ask.deed;
    if (command.type === 'vote' && command.vote === 'no-go') this.#ports.bites();
    await this.say(command, actor);
  }
}
