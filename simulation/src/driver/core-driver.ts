import {
  ABSENT,
  type Actor,
  type Command,
  type Context,
  type Draft,
  type Launch,
  type Pending,
  type Recorded,
  type State,
} from '@slipway/core';
import { allowedAt } from '@slipway/plan';
import type { Answer, Change, Driver, Watcher } from './driver.ts';
import type { Rules } from './rules.ts';

interface Parts {
  readonly rules: Rules;
  /** Epoch ms, as the machine's clock has it. */
  readonly now: () => number;
  /** Milliseconds of time as it really passes. */
  readonly time: () => number;
  readonly watcher: Watcher;
}

/** The core by itself: its log is an array, and every command is decided at once. */
export class CoreDriver implements Driver {
  readonly log: Recorded[] = [];
  readonly #parts: Parts;
  #state: State = ABSENT;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get launch(): Launch {
    if (this.#state.is === 'absent') throw new Error('the launch has not started');
    return this.#state;
  }

  pending(): Pending {
    return this.#parts.rules.pending(this.launch, this.#parts.now());
  }

  command(command: Command, actor: Actor): Answer {
    const { rules, now, watcher } = this.#parts;
    const decision = rules.decide(this.#state, command, { now: now(), actor, ...this.#opening(command) });
    if (!decision.ok) return decision;
    const changes = decision.drafts.map((draft) => this.#append(draft));
    if (changes.length > 0) watcher.decided(this.launch, changes);
    return { ok: true };
  }

  #opening(command: Command): Pick<Context, 'opening'> {
    const state = this.#state;
    const plan = state.is === 'launch' ? state.plan : command.type === 'start' ? command.plan : null;
    return plan?.calendar === undefined ? {} : { opening: allowedAt(plan.calendar, this.#parts.now()) };
  }

  #append({ actor, event }: Draft): Change {
    const { rules, now, time, watcher } = this.#parts;
    const seq = this.log.length + 1;
    const hash = chained(this.log.at(-1)?.hash ?? '', `${seq}${event.type}`);
    const recorded: Recorded = { seq, at: now(), hash, actor, event };
    const before = this.#state;
    this.log.push(recorded);
    this.#state = rules.evolve(before, recorded);
    const change = { recorded, before, after: this.launch, time: time() };
    watcher.event(change);
    return change;
  }
}

/** Stands in for the real chain: it only has to differ from event to event. FNV-1a, 32 bits. */
function chained(previous: string, text: string): string {
  let hash = 0x811c9dc5;
  for (const character of previous + text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
