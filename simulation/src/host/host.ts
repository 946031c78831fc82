import { type Command, type Effect, findEffect, type Launch, type Outcome, SLIPWAY } from '@slipway/core';
import { LivedTime } from '@slipway/engine';
import { Attempt } from './attempt.ts';
import { isIdempotent, verify } from './recovery.ts';
import { plainlyDone } from './fate.ts';
import type { Surroundings } from './surroundings.ts';

/** A launch waits for work in flight for moments only: a death in them would hardly ever be met. */
const RARE = 2;
const SET_WHILE_STOPPING = 0.05;
/** A clock that was set is noticed within this, in milliseconds. */
const NOTICED = 15_000;

/** The process that runs the effects of a launch: a worker that forgets everything when it dies. */
export class Host {
  readonly #from: Surroundings;
  readonly #attempts = new Map<string, Attempt>();
  /** Effects found started by somebody who is dead, about which it is asking. */
  readonly #asking = new Set<string>();
  /** Grows with each life: what was planned in an earlier one does not happen. */
  #life = 0;
  #births = 0;
  #up = true;
  #looks = false;
  #wakesAt = 0;
  #lived: LivedTime;

  constructor(from: Surroundings) {
    this.#from = from;
    this.#lived = this.#born();
    from.wall.onSet(() => this.#later(from.random.int(1, NOTICED), () => this.#tick()));
  }

  get up(): boolean {
    return this.#up;
  }

  /** How often it died. */
  get deaths(): number {
    return this.#life;
  }

  /** How often it came back: who came after something happened goes by the clock. */
  get births(): number {
    return this.#births;
  }

  /** A launch as it is now; a process that is down sees nothing. */
  saw(launch: Launch): void {
    if (this.#up) this.#lived.see(launch);
  }

  /** The launch changed: it will look, soon. */
  changed(): void {
    if (this.#looks || !this.#up) return;
    this.#looks = true;
    this.#later(this.#from.random.int(0, 40), () => {
      this.#looks = false;
      this.#look();
    });
  }

  crash(): void {
    const { random, timeline, coverage, clockSetter } = this.#from;
    if (!this.#up) return;
    coverage.count(`crashes: while ${this.#from.driver.launch.mode.is}`);
    this.#life += 1;
    this.#up = false;
    for (const attempt of this.#attempts.values()) {
      attempt.cut();
      if (random.chance(0.25)) timeline.in(random.int(50, 30_000), () => this.#speakLate(attempt));
    }
    this.#attempts.clear();
    this.#asking.clear();
    const away = random.int(50, 15_000);
    clockSetter.perhapsWithin(away);
    timeline.in(away, () => {
      this.#up = true;
      this.#births += 1;
      this.#looks = false;
      this.#wakesAt = 0;
      this.#lived = this.#born();
      this.saw(this.#from.driver.launch);
      this.#tick();
    });
  }

  #born(): LivedTime {
    const { timeline } = this.#from;
    const birth = timeline.now;
    return new LivedTime({ running: () => timeline.now - birth });
  }

  #tick(): void {
    this.#wakesAt = 0;
    this.#order({ type: 'tick', lived: this.#lived.of(this.#from.driver.launch) });
    this.changed();
  }

  #look(): void {
    const { driver } = this.#from;
    const { effects, wakeAt } = driver.pending();
    const wanted = new Set(effects.map((effect) => effect.id));
    for (const [id, attempt] of this.#attempts) if (!wanted.has(id) && !attempt.stopped) this.#stop(attempt);
    for (const effect of [...effects, ...this.#abandoned(wanted)]) if (this.#up) this.#take(effect);
    if (this.#up && wakeAt !== null) this.#wake(wakeAt);
    if (!this.#up || driver.launch.mode.is !== 'stopping') return;
    this.#from.clockSetter.perhapsWithin(1_000, SET_WHILE_STOPPING);
    this.#perhapsCrash(RARE);
  }

  /** Started, not ours, not wanted any more: somebody has to find out how it ended all the same. */
  #abandoned(wanted: ReadonlySet<string>): readonly Effect[] {
    const { launch } = this.#from.driver;
    return Object.entries(launch.effects).flatMap(([id, state]) => {
      if (state.is !== 'started' || wanted.has(id) || this.#attempts.has(id)) return [];
      return findEffect(launch, id) ?? [];
    });
  }

  #wake(wakeAt: number): void {
    if (this.#wakesAt === wakeAt) return;
    this.#wakesAt = wakeAt;
    this.#later(Math.max(0, wakeAt - this.#from.wall.now), () => this.#tick());
  }

  #take(effect: Effect): void {
    if (this.#attempts.has(effect.id) || this.#asking.has(effect.id)) return;
    if (this.#from.driver.launch.effects[effect.id]?.is !== 'started') return this.#begin(effect, false);
    this.#asking.add(effect.id);
    this.#later(this.#from.random.int(1, 3_000), () => {
      this.#asking.delete(effect.id);
      this.#recover(effect);
    });
  }

  #begin(effect: Effect, again: boolean): void {
    if (!this.#order({ type: 'begin-effect', effect: effect.id, again })) return;
    const state = this.#from.driver.launch.effects[effect.id];
    const attempt = new Attempt(effect, state?.attempt ?? 0, this.#from);
    this.#attempts.set(effect.id, attempt);
    this.#later(attempt.travel, () => {
      if (!this.#isCurrent(attempt)) return;
      if (!attempt.stopped) attempt.land();
      this.#perhapsCrash();
      this.#later(attempt.answer, () => attempt.stopped || this.#settle(attempt, attempt.outcome()));
    });
    this.#perhapsCrash();
  }

  #stop(attempt: Attempt): void {
    this.#from.coverage.count('stops: attempts told to stop');
    const word = attempt.stop();
    if (word !== null) this.#later(word.after, () => this.#settle(attempt, word.outcome()));
  }

  #settle(attempt: Attempt, outcome: Outcome): void {
    if (!this.#isCurrent(attempt)) return;
    this.#attempts.delete(attempt.effect.id);
    const command: Command = { type: 'settle-effect', effect: attempt.effect.id, attempt: attempt.number, outcome };
    this.#order(command);
    if (this.#from.random.chance(0.03)) this.#order(command);
    this.#perhapsCrash();
  }

  #recover(effect: Effect): void {
    const { driver, world, random, coverage } = this.#from;
    const state = driver.launch.effects[effect.id];
    // Somebody who was thought dead may have settled it meanwhile: then it is looked at afresh.
    if (state?.is !== 'started' || this.#attempts.has(effect.id)) return this.changed();
    const finding = verify(effect, world, random);
    const wanted = driver.pending().effects.some((other) => other.id === effect.id);
    const again = wanted && (finding === 'not-done' || (finding === 'unknown' && isIdempotent(effect)));
    coverage.count(`recoveries: ${finding}${again ? ', begun again' : ''}`);
    if (again) return this.#begin(effect, true);
    const outcome = found(finding);
    this.#order({ type: 'settle-effect', effect: effect.id, attempt: state.attempt, outcome });
  }

  #speakLate(attempt: Attempt): void {
    const { effect, number } = attempt;
    const heard = this.#order({
      type: 'settle-effect',
      effect: effect.id,
      attempt: number,
      outcome: attempt.lateWord(),
    });
    this.#from.coverage.count(`late words: ${heard ? 'heard' : 'refused'}`);
  }

  #order(command: Command): boolean {
    return this.#from.driver.command(command, SLIPWAY).ok;
  }

  #isCurrent(attempt: Attempt): boolean {
    return this.#attempts.get(attempt.effect.id) === attempt;
  }

  #perhapsCrash(often = 1): void {
    if (this.#from.random.chance(often * this.#from.weather.crash)) this.crash();
  }

  #later(ms: number, run: () => void): void {
    const life = this.#life;
    this.#from.timeline.in(ms, () => {
      if (this.#up && life === this.#life) run();
    });
  }
}

function found(finding: 'done' | 'not-done' | 'unknown'): Outcome {
  switch (finding) {
    case 'done':
      return plainlyDone();
    case 'not-done':
      return { result: 'cancelled' };
    case 'unknown':
      return { result: 'unknown', reason: 'its worker died in the middle' };
  }
}
