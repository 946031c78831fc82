import { randomUUID } from 'node:crypto';
import type { Changes } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Hub } from './hub.ts';
import { decodeLive, encodeLive, isLiveFrom } from './live-message.ts';
import { isNothing, NOTHING } from './live-state.ts';

export interface SharingPorts {
  readonly hub: Hub;
  readonly changes: Pick<Changes, 'broadcast' | 'onBroadcast'>;
  readonly clock: Clock;
}

/** The least between two messages about one launch, in milliseconds: what comes faster is replaced by the newest. */
export const AT_MOST_EVERY = 250;
/** What goes on without news is said again after so many milliseconds. */
const SAY_AGAIN = 8 * AT_MOST_EVERY;
/** What a process said is so for as long, in milliseconds of running time; then it is silent, and nobody knows. */
export const SO_FOR = 6_000;
/** Launches of other processes that are kept in mind. */
const MOST_HEARD = 10_000;

interface Heard {
  readonly launch: string;
  readonly from: string;
  /** Running time. */
  readonly at: number;
}

/** Makes what each process knows only now known to the others: screens are the same wherever they look. */
export class LiveSharing {
  readonly #ports: SharingPorts;
  readonly #me = randomUUID();
  readonly #over = new AbortController();
  /** Since it was said last. */
  readonly #changed = new Set<string>();
  /** Launches of which there is something to know, with the running time at which it was said; the longest ago first. */
  readonly #said = new Map<string, number>();
  /** What others said, by launch and process; the longest ago first. */
  readonly #heard = new Map<string, Heard>();
  readonly #stopHearing: () => void;
  #isSharing = false;
  #isFading = false;

  constructor(ports: SharingPorts) {
    this.#ports = ports;
    ports.hub.onOwn((launch) => this.#share(launch));
    this.#stopHearing = ports.changes.onBroadcast((message) => this.#hear(message));
  }

  stop(): void {
    this.#over.abort();
    this.#stopHearing();
  }

  #share(launch: string): void {
    this.#changed.add(launch);
    if (this.#over.signal.aborted || this.#isSharing) return;
    this.#isSharing = true;
    void this.#keepSharing();
  }

  /** Until there is nothing to be known, and that was said too. One round for all launches: there may be thousands. */
  async #keepSharing(): Promise<void> {
    const { changes, clock } = this.#ports;
    while (!this.#over.signal.aborted && this.#changed.size + this.#said.size > 0) {
      const messages = this.#due().map((launch) => this.#messageOf(launch));
      if (messages.length > 0) await changes.broadcast(...messages);
      await clock.sleep(AT_MOST_EVERY, this.#over.signal);
    }
    this.#isSharing = false;
  }

  #due(): readonly string[] {
    const before = this.#ports.clock.running() - SAY_AGAIN;
    const due = new Set(this.#changed);
    for (const [launch, at] of this.#said) {
      if (at > before) break;
      due.add(launch);
    }
    return [...due];
  }

  #messageOf(launch: string): string {
    const { hub, clock } = this.#ports;
    const state = hub.own(launch);
    this.#changed.delete(launch);
    // Put in anew, at the end.
    this.#said.delete(launch);
    if (!isNothing(state)) this.#said.set(launch, clock.running());
    return encodeLive({ from: this.#me, launch, state });
  }

  #hear(text: string): void {
    if (isLiveFrom(this.#me, text)) return;
    const message = decodeLive(text);
    if (message === null) return;
    const { from, launch, state } = message;
    const key = JSON.stringify([launch, from]);
    if (!this.#heard.delete(key) && this.#heard.size >= MOST_HEARD) return;
    this.#ports.hub.hear(launch, from, state);
    if (isNothing(state)) return;
    this.#heard.set(key, { launch, from, at: this.#ports.clock.running() });
    if (this.#isFading) return;
    this.#isFading = true;
    void this.#keepFading();
  }

  /** In running time: a clock that is set back must not keep alive what nobody says any more. */
  async #keepFading(): Promise<void> {
    const { clock, hub } = this.#ports;
    for (;;) {
      const [first] = this.#heard;
      if (first === undefined || this.#over.signal.aborted) break;
      const [key, { launch, from, at }] = first;
      const left = at + SO_FOR - clock.running();
      if (left > 0) await clock.sleep(left, this.#over.signal);
      else if (this.#heard.delete(key)) hub.hear(launch, from, NOTHING);
    }
    this.#isFading = false;
  }
}
