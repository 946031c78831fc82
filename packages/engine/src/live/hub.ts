import type { Launch } from '@slipway/core';
import type { LiveLook } from './live-look.ts';

/** What is true only now: not in the log, gone after a restart. */
export interface LiveState {
  readonly look: LiveLook | null;
  /** What long work says of itself, by effect. */
  readonly activity: Readonly<Record<string, { readonly step: string | null; readonly text: string }>>;
}

export type Listener = () => void;

/** Tells screens that a launch changed. Holds the newest live state of launches that are being worked on. */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #live = new Map<string, LiveState>();

  live(launch: string): LiveState {
    return this.#live.get(launch) ?? { look: null, activity: {} };
  }

  look(launch: string, look: LiveLook): void {
    this.#live.set(launch, { ...this.live(launch), look });
    this.changed(launch);
  }

  say(launch: string, effect: { readonly id: string; readonly step: string | null }, text: string | null): void {
    const { look, activity } = this.live(launch);
    const others = Object.fromEntries(Object.entries(activity).filter(([id]) => id !== effect.id));
    const next = text === null ? others : { ...others, [effect.id]: { step: effect.step, text } };
    this.#live.set(launch, { look, activity: next });
    if (text !== null) this.changed(launch);
  }

  /** The state changed: looks of steps that are over go, and a launch that wants nothing more is forgotten. */
  settled(launch: Launch, active: boolean): void {
    const { look, activity } = this.live(launch.id);
    if (look !== null && launch.steps[look.step]?.is !== 'active') this.#live.set(launch.id, { look: null, activity });
    if (!active) this.#live.delete(launch.id);
    this.changed(launch.id);
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
