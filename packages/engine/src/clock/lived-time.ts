import { type Launch, type Lived, type OpenWait, openWaits } from '@slipway/core';
import type { Clock } from '../ports/clock.ts';

/** What this process knows of a launch, in its running time. */
type Seen =
  /** By wait, as it was last counted: since when it is known. */
  | { readonly is: 'forward'; readonly waits: ReadonlyMap<string, number> }
  /** Since when it is known; null: since before this process knew the launch. */
  | { readonly is: 'stopping'; readonly since: number | null };

/**
 * How much time this process has lived through with what launches wait for. It begins when the process comes to know of it, so it
 * never tells more than has passed: whatever becomes of the wall clock, and however long no process was there.
 */
export class LivedTime {
  readonly #clock: Pick<Clock, 'running'>;
  readonly #launches = new Map<string, Seen>();

  constructor(clock: Pick<Clock, 'running'>) {
    this.#clock = clock;
  }

  /** As a launch is now, made here or learnt of. `at`: running time, not before it came to be so. */
  see(launch: Launch, at: number = this.#clock.running()): void {
    const { id } = launch;
    const before = this.#launches.get(id);
    switch (launch.mode.is) {
      case 'running':
      case 'held':
        this.#launches.set(id, { is: 'forward', waits: waitsOf(launch, before, at) });
        break;
      case 'stopping':
        if (before?.is !== 'stopping')
          this.#launches.set(id, { is: 'stopping', since: before === undefined ? null : at });
        break;
      case 'undoing':
      case 'incomplete':
      case 'ended':
        this.#launches.delete(id);
    }
  }

  of(launch: Launch): Lived {
    const seen = this.#launches.get(launch.id);
    const now = this.#clock.running();
    const known = seen?.is === 'forward' ? seen.waits : null;
    const waits = openWaits(launch).map((wait) => [wait.step, now - (known?.get(keyOf(wait)) ?? now)]);
    const since = seen?.is === 'stopping' ? seen.since : null;
    return { waits: Object.fromEntries(waits), stopping: since === null ? null : now - since };
  }
}

function waitsOf(launch: Launch, before: Seen | undefined, at: number): ReadonlyMap<string, number> {
  const known = before?.is === 'forward' ? before.waits : null;
  return new Map(openWaits(launch).map((wait) => [keyOf(wait), known?.get(keyOf(wait)) ?? at]));
}

/** Another one as soon as the log counts it anew. */
function keyOf({ step, round, counted, since }: OpenWait): string {
  return JSON.stringify([step, round, counted, since]);
}
