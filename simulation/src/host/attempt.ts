import type { Effect, Outcome } from '@slipway/core';
import { SplitRefused } from '@slipway/rehearsal';
import { drawFate, failedOutcome, type Fate, outcomeOf, plainlyDone } from './fate.ts';
import type { Surroundings } from './surroundings.ts';

/** Longest time that work which was told to stop is waited for, in milliseconds; afterwards it no longer reaches the world. */
const STOP_GRACE = 8_000;

/** One attempt of an effect in this process. */
export class Attempt {
  readonly effect: Effect;
  readonly number: number;
  readonly #from: Surroundings;
  #fate: Fate;
  #landed = false;
  #refused: string | null = null;
  #stopped = false;

  constructor(effect: Effect, number: number, from: Surroundings) {
    this.effect = effect;
    this.number = number;
    this.#from = from;
    this.#fate = drawn(effect, from);
  }

  /** Milliseconds from begin until it would reach the world. */
  get travel(): number {
    return this.#fate.travel;
  }

  /** Milliseconds from there until it says how it ended. */
  get answer(): number {
    const { effect } = this;
    return this.#fate.result === 'hangs' ? (effect.timeout ?? 0) : this.#fate.answer;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** The moment at which it reaches the world, if it does. */
  land(): void {
    if (this.#landed || !this.#fate.lands) return;
    this.#landed = true;
    try {
      const { world } = this.#from;
      if (this.#fate.result === 'done') world.apply(this.effect.work, this.effect.id);
      else world.applyInPart(this.effect.work, this.effect.id);
    } catch (error) {
      if (!(error instanceof SplitRefused)) throw error;
      this.#refused = error.message;
    }
    this.#from.landed();
  }

  outcome(): Outcome {
    if (this.#refused !== null) return failedOutcome(this.#refused, false);
    return outcomeOf(this.#fate, this.effect, this.#from);
  }

  /**
   * Told to stop. Returns in how many milliseconds it will say so, and what; null: it says nothing any more.
   * What had not reached the world by then never does: providers honour the signal.
   */
  stop(): { readonly after: number; readonly outcome: () => Outcome } | null {
    const { random } = this.#from;
    this.#stopped = true;
    const after = random.int(1, STOP_GRACE);
    if (this.effect.class === 'read-only') return { after: 1, outcome: () => ({ result: 'cancelled' }) };
    if (!this.#landed && !random.chance(0.3)) this.#fate = { ...this.#fate, lands: false };
    if (random.chance(0.1)) {
      this.#fate = { ...this.#fate, lands: false };
      return null;
    }
    return { after, outcome: () => this.#outcomeOfStopped() };
  }

  /** The host dies: a request that is under way may still arrive, at once or never. */
  cut(): void {
    if (!this.#stopped && this.#from.random.chance(0.3)) this.land();
  }

  /** What a worker that was thought dead says when it wakes up: it never claims what did not happen. */
  lateWord(): Outcome {
    return this.#happened && this.#refused === null && this.effect.class !== 'read-only'
      ? plainlyDone()
      : failedOutcome('it was asleep', true);
  }

  /** Whether all of it is done. */
  get #happened(): boolean {
    return this.#landed && (this.effect.work.kind !== 'roll' || this.#fate.result === 'done');
  }

  #outcomeOfStopped(): Outcome {
    this.land();
    if (this.#refused !== null) return failedOutcome(this.#refused, false);
    const sure = this.#from.random.chance(0.6);
    if (!sure) return { result: 'unknown', reason: 'it was stopped in the middle' };
    if (this.#happened) return plainlyDone();
    return this.#landed ? failedOutcome('it was stopped in the middle', true) : { result: 'cancelled' };
  }
}

function drawn(effect: Effect, { random, weather, coverage }: Surroundings): Fate {
  const fate = drawFate(random, effect, weather);
  if (fate.result !== 'done') coverage.count(`fates: ${fate.result}${fate.lands ? ' but landed' : ''}`);
  return fate;
}
