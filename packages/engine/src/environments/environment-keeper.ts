import { isFlagRollout, type Launch } from '@slipway/core';
import { Serial } from '../launches/serial.ts';
import type { Clock } from '../ports/clock.ts';
import type { LaunchRow } from '../ports/launch-store.ts';
import { placeOf } from '../providers/provider-access.ts';

/** An environment with a launch that changed it. */
export interface Place {
  /** As providers know it. */
  readonly name: string;
  readonly launch: Launch;
  readonly environment: string;
}

export interface KeeperPorts {
  readonly launches: {
    /** Newest first. */
    list(): Promise<readonly LaunchRow[]>;
    find(launch: string): Promise<Launch | null>;
  };
  /** Asks what runs there. The asked one starts again what should be there and is not. */
  readonly inspect: (place: Place, signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  /** Told of an environment that could not be asked, or a launch that could not be read; both are tried again at the next round. */
  readonly onError: (error: unknown, what: string) => void;
}

/** Milliseconds between two rounds, and until an environment that does not answer is given up for this round. */
const EVERY = 15_000;
const ANSWER_TIMEOUT = 20_000;

/**
 * Looks after what launches have left running: between two launches nobody else would notice that a router or an app died, or
 * that the machine was started again.
 */
export class EnvironmentKeeper {
  readonly #ports: KeeperPorts;
  readonly #serial = new Serial();
  /** Names of the places that each ended launch changed. */
  readonly #ended = new Map<string, readonly string[]>();
  /** Of the last round. */
  #kept: readonly Place[] = [];

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  /** Goes round until it is told to stop. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.apart(() => this.#round(signal)).catch((error: unknown) => {
        if (!signal.aborted) this.#ports.onError(error, '');
      });
      await this.#ports.clock.sleep(EVERY, signal);
    }
  }

  /** While `work` runs nobody asks: an environment that is being shut down must not be started again. */
  apart<T>(work: () => Promise<T>): Promise<T> {
    return this.#serial.run('environments', work);
  }

  async #round(signal: AbortSignal): Promise<void> {
    this.#kept = await this.#places();
    for (const place of this.#kept) {
      if (signal.aborted) return;
      await this.#inspect(place, signal).catch((error: unknown) => {
        if (!signal.aborted) this.#ports.onError(error, place.name);
      });
    }
  }

  async #inspect(place: Place, signal: AbortSignal): Promise<void> {
    const { inspect, clock } = this.#ports;
    const late = new AbortController();
    const cancel = clock.after(ANSWER_TIMEOUT, () => late.abort(new Error('no answer in time')));
    try {
      await inspect(place, AbortSignal.any([signal, late.signal]));
    } finally {
      cancel();
    }
  }

  /** Each place with the newest launch that changed it. */
  async #places(): Promise<readonly Place[]> {
    const places = new Map<string, Place>();
    for (const { id, active } of await this.#ports.launches.list()) {
      // What an ended launch has changed stays as it is, and its log may be long: it is read once.
      const known = active ? undefined : this.#ended.get(id);
      if (known?.every((place) => places.has(place)) === true) continue;
      for (const place of await this.#changedBy(id, active)) if (!places.has(place.name)) places.set(place.name, place);
    }
    return [...places.values()];
  }

  /** A launch that cannot be read keeps nobody from the others'. */
  async #read(id: string): Promise<Launch | null> {
    try {
      return await this.#ports.launches.find(id);
    } catch (error) {
      this.#ports.onError(error, id);
      return null;
    }
  }

  async #changedBy(id: string, active: boolean): Promise<readonly Place[]> {
    const kept = this.#ended.has(id) ? this.#kept.filter((place) => place.launch.id === id) : [];
    if (kept.length > 0) return kept;
    const launch = await this.#read(id);
    const changed = launch === null ? [] : placesOf(launch);
    if (!active)
      this.#ended.set(
        id,
        changed.map((place) => place.name),
      );
    return changed;
  }
}

/** Only what a launch has changed is Slipway's to keep. */
function placesOf(launch: Launch): readonly Place[] {
  const environments = launch.touched.flatMap((id) => {
    const step = launch.plan.steps[id];
    if (isFlagRollout(step)) return [];
    return step?.kind === 'deploy' || step?.kind === 'rollout' ? [step.environment] : [];
  });
  return [...new Set(environments)].map((environment) => ({ name: placeOf(launch, environment), launch, environment }));
}
