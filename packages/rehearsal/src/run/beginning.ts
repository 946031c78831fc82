import { evolve, type Launch, type Recorded, type State } from '@slipway/core';
import { type Made, makeChange, type Making, type Order, type RenderedMessage } from '@slipway/engine';

/**
 * What the good path decided, folded and wrote. A scenario goes the same way until its fault comes about, so that it need not be
 * worked out once more. All of it is pure, and kept by what it was worked out of: a scenario that differs in anything finds nothing
 * here, and works it out itself.
 */
export class Beginning {
  /** By the state, or by the plan where there is none yet. */
  readonly #made = new WeakMap<object, Map<string, Made>>();
  readonly #folded = new WeakMap<Recorded, { readonly before: State; readonly after: State }>();
  readonly #written = new WeakMap<Launch, Map<string, RenderedMessage>>();
  #isOpen = true;

  /** From here on nothing is added: what scenarios do after their faults is of no use to others, and there is much of it. */
  close(): void {
    this.#isOpen = false;
  }

  readonly making: Making = (before, order, now) => {
    const [from, key] = placeOf(before, order, now);
    const known = this.#made.get(from)?.get(key);
    if (known !== undefined) return known;
    const made = makeChange(before, order, now);
    if (this.#isOpen) put(this.#made, from, key, made);
    return made;
  };

  evolve(before: State, recorded: Recorded): State {
    const known = this.#folded.get(recorded);
    if (known?.before === before) return known.after;
    const after = evolve(before, recorded);
    if (this.#isOpen) this.#folded.set(recorded, { before, after });
    return after;
  }

  /** A message of a launch: `key` names it and its moment. */
  written(launch: Launch, key: string, write: () => RenderedMessage): RenderedMessage {
    const known = this.#written.get(launch)?.get(key);
    if (known !== undefined) return known;
    const message = write();
    if (this.#isOpen) put(this.#written, launch, key, message);
    return message;
  }
}

/** The plan of a start is known by itself: as a text it is long. */
function placeOf(before: State, { command, actor, goOn }: Order, now: number): readonly [from: object, key: string] {
  const asked = [now, actor, goOn?.id ?? null];
  if (command.type !== 'start') return [before.is === 'launch' ? before : NOBODY, JSON.stringify([...asked, command])];
  const { plan, ...rest } = command;
  return [before.is === 'launch' ? before : plan, JSON.stringify([...asked, rest])];
}

const NOBODY = {};

function put<K extends object, V>(kept: WeakMap<K, Map<string, V>>, at: K, key: string, value: V): void {
  const found = kept.get(at) ?? new Map<string, V>();
  kept.set(at, found);
  found.set(key, value);
}
