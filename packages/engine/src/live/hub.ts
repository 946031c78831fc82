import type { Launch } from '@slipway/core';
import type { LiveLook } from './live-look.ts';
import { isNothing, type LiveState, merged, NOTHING, present } from './live-state.ts';

export type Listener = () => void;

/** Tells screens that a launch changed. Holds the newest live state of launches that are being worked on, here and elsewhere. */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #own = new Map<string, LiveState>();
  /** By launch and process. */
  readonly #heard = new Map<string, Map<string, LiveState>>();
  readonly #onOwn: ((launch: string) => void)[] = [];

  /** What all processes know of it. */
  live(launch: string): LiveState {
    return [...(this.#heard.get(launch)?.values() ?? [])].reduce(merged, this.own(launch));
  }

  /** What this process knows of it. */
  own(launch: string): LiveState {
    return this.#own.get(launch) ?? NOTHING;
  }

  /** Called after every change of what this process knows. */
  onOwn(listener: (launch: string) => void): void {
    this.#onOwn.push(listener);
  }

  look(launch: string, look: LiveLook): void {
    this.#setOwn(launch, { ...this.own(launch), look });
    this.changed(launch);
  }

  say(launch: string, effect: { readonly id: string; readonly step: string | null }, text: string | null): void {
    const { look, activity } = this.own(launch);
    const others = Object.fromEntries(Object.entries(activity).filter(([id]) => id !== effect.id));
    const next = text === null ? others : { ...others, [effect.id]: { step: effect.step, text } };
    this.#setOwn(launch, { look, activity: next });
    if (text !== null) this.changed(launch);
  }

  /** Another process has this effect now: what this one saw of it is no longer so. */
  lose(launch: string, { step }: { readonly step: string | null }): void {
    const { look, activity } = this.own(launch);
    if (look !== null && look.step === step) this.#setOwn(launch, { look: null, activity });
    this.changed(launch);
  }

  /** Another process says what it knows now, in the place of what it said before. */
  hear(launch: string, from: string, state: LiveState): void {
    const heard = this.#heard.get(launch) ?? new Map<string, LiveState>();
    if (isNothing(state)) heard.delete(from);
    else heard.set(from, state);
    if (heard.size === 0) this.#heard.delete(launch);
    else this.#heard.set(launch, heard);
    this.changed(launch);
  }

  /** The state changed: looks and sayings of what is over go, and a launch that wants nothing more is forgotten. */
  settled(launch: Launch, active: boolean): void {
    const lasting = (state: LiveState): LiveState => (active ? present(state, launch) : NOTHING);
    this.#setOwn(launch.id, lasting(this.own(launch.id)));
    for (const [from, state] of this.#heard.get(launch.id) ?? []) this.hear(launch.id, from, lasting(state));
    this.changed(launch.id);
  }

  #setOwn(launch: string, state: LiveState): void {
    const before = this.own(launch);
    if (state === before || (isNothing(state) && isNothing(before))) return;
    if (isNothing(state)) this.#own.delete(launch);
    else this.#own.set(launch, state);
    for (const listener of this.#onOwn) listener(launch);
  }

  /** Returns the way to stop listening. */
  listen(launch: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(launch) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(launch, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(launch) === listeners) this.#listeners.delete(launch);
    };
  }

  /** Launches that somebody listens to. */
  listened(): readonly string[] {
    return [...this.#listeners.keys()];
  }

  changed(launch: string): void {
    for (const listener of this.#listeners.get(launch) ?? []) listener();
  }
}
