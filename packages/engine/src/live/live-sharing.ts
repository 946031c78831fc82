import { randomUUID } from 'node:crypto';
import type { Changes } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Hub } from './hub.ts';
import { decodeLive, encodeLive } from './live-message.ts';
import { isNothing, NOTHING } from './live-state.ts';

export interface SharingPorts {
  readonly hub: Hub;
  readonly changes: Pick<Changes, 'broadcast' | 'onBroadcast'>;
  readonly clock: Clock;
}

/** The least between two messages about one launch, in milliseconds: what comes faster is replaced by the newest. */
export const AT_MOST_EVERY = 250;
/** What goes on without news is said again after so many of these. */
const SAY_AGAIN = 8;
/** What a process said is so for as long, in milliseconds of running time; then it is silent, and nobody knows. */
export const SO_FOR = 6_000;
/** Launches of other processes that are kept in mind. */
const MOST_HEARD = 10_000;

/** Makes what each process knows only now known to the others: screens are the same wherever they look. */
export class LiveSharing {
  readonly #ports: SharingPorts;
  readonly #me = randomUUID();
  readonly #over = new AbortController();
  readonly #changed = new Set<string>();
  readonly #sharing = new Set<string>();
  /** Takes back the end of what was heard, by launch and process. */
  readonly #fading = new Map<string, AbortController>();
  readonly #stopHearing: () => void;

  constructor(ports: SharingPorts) {
    this.#ports = ports;
    ports.hub.onOwn((launch) => this.#share(launch));
    this.#stopHearing = ports.changes.onBroadcast((message) => this.#hear(message));
  }

  stop(): void {
    this.#over.abort();
    this.#stopHearing();
    for (const fading of this.#fading.values()) fading.abort();
  }

  #share(launch: string): void {
    this.#changed.add(launch);
    if (this.#over.signal.aborted || this.#sharing.has(launch)) return;
    this.#sharing.add(launch);
    void this.#keepSharing(launch);
  }

  /** Until there is nothing to be known, and that was said too. */
  async #keepSharing(launch: string): Promise<void> {
    const { hub, changes, clock } = this.#ports;
    for (let quiet = 0; !this.#over.signal.aborted; quiet += 1) {
      if (this.#changed.delete(launch) || quiet >= SAY_AGAIN) {
        quiet = 0;
        const state = hub.own(launch);
        await changes.broadcast(encodeLive({ from: this.#me, launch, state }));
        if (isNothing(state) && !this.#changed.has(launch)) break;
      }
      await clock.sleep(AT_MOST_EVERY, this.#over.signal);
    }
    this.#sharing.delete(launch);
  }

  #hear(text: string): void {
    const message = decodeLive(text);
    if (message === null || message.from === this.#me) return;
    const { from, launch, state } = message;
    const key = JSON.stringify([launch, from]);
    const earlier = this.#fading.get(key);
    earlier?.abort();
    this.#fading.delete(key);
    if (earlier === undefined && this.#fading.size >= MOST_HEARD) return;
    this.#ports.hub.hear(launch, from, state);
    if (!isNothing(state)) void this.#fade(key, () => this.#ports.hub.hear(launch, from, NOTHING));
  }

  /** In running time: a clock that is set back must not keep alive what nobody says any more. */
  async #fade(key: string, forget: () => void): Promise<void> {
    const fading = new AbortController();
    this.#fading.set(key, fading);
    await this.#ports.clock.sleep(SO_FOR, fading.signal);
    if (fading.signal.aborted) return;
    this.#fading.delete(key);
    forget();
  }
}
