import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Bucketing, FlagActor } from '@slipway/flags';
import type { Changes } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { FlagStore } from '../ports/flag-store.ts';
import { Gate } from '../store/gate.ts';
import { Comparing } from './comparing.ts';
import { deciding } from './deciding.ts';
import { DueTimer } from './due-timer.ts';
import { setOfNotice } from './flag-notice.ts';
import { cutOff, FlagWriter } from './flag-writer.ts';
import type { FlagOrder, Flags, FlagsExecuted } from './flags.ts';
import { KeptSets } from './kept-sets.ts';
import { Kills } from './kills.ts';
import { Troubles } from './troubles.ts';

export interface FlagsPorts {
  readonly store: FlagStore;
  readonly clock: Clock;
  /** What other processes on the same database change; null: there are none. */
  readonly changes: Pick<Changes, 'publish' | 'listen'> | null;
  /** Told of what failed and is tried again, or was left alone, in the words of `what`. */
  readonly onError?: (error: unknown, what: string) => void;
}

export function createFlags({ onError = () => {}, ...ports }: FlagsPorts): Flags {
  return new FlagService({ ...ports, onError });
}

/** Sets that are read at a time when a server starts. */
const AT_ONCE = 8;
/** Events of a history, and milliseconds that closing waits for what is not recorded. */
const [MOST_HISTORY, LAST_TRY] = [1_000, 1_000];
/** As names of plans are, which make the names of flag sets. */
const SET_NAME = /^(?=.{3,200}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

class FlagService implements Flags {
  readonly #ports: Required<FlagsPorts>;
  readonly #kept: KeptSets;
  readonly #troubles = new Troubles();
  readonly #writer: FlagWriter;
  readonly #kills: Kills;
  readonly #comparing: Comparing;
  readonly #due: DueTimer;
  #stopHearing: () => void = () => {};

  constructor(ports: Required<FlagsPorts>) {
    const { clock, onError } = ports;
    this.#ports = ports;
    this.#kept = new KeptSets((error) => onError(error, 'who listens to feature flags failed'));
    this.#writer = new FlagWriter({ ...ports, kept: this.#kept, troubles: this.#troubles });
    this.#kills = new Kills({ writer: this.#writer, kept: this.#kept, clock, onError });
    this.#comparing = new Comparing({ ...ports, onVersions: (versions) => void this.#compared(versions) });
    this.#due = new DueTimer({ kept: this.#kept, clock, run: (set) => void this.#runDue(set) });
  }

  async open(): Promise<void> {
    const { changes, store } = this.#ports;
    // Before anything is read: what is changed in between must not go unheard.
    this.#stopHearing = changes?.listen((changed, version) => this.#onChanged(changed, version)) ?? (() => {});
    const gate = new Gate(AT_ONCE);
    try {
      const versions = await store.versions();
      await Promise.all([...versions].map(([set, version]) => gate.take(() => this.#load(set, version))));
    } catch (error) {
      this.#stopHearing();
      throw error;
    }
    this.#kept.listen(() => this.#due.arm());
    this.#comparing.start();
    this.#due.run();
    this.#due.arm();
  }

  async close(): Promise<void> {
    this.#stopHearing();
    this.#due.stop();
    await this.#comparing.stop();
    if (this.pendingKills().length === 0) return;
    await Promise.race([this.#kills.recordPending(), this.#ports.clock.sleep(LAST_TRY)]);
  }

  sets: Flags['sets'] = () => this.#kept.all();
  find: Flags['find'] = (set) => this.#kept.find(set);
  listen: Flags['listen'] = (listener) => this.#kept.listen(listener);
  staleSince: Flags['staleSince'] = () => this.#comparing.staleSince();
  pendingKills: Flags['pendingKills'] = () => this.#kept.pendingKills();
  troubles: Flags['troubles'] = () => this.#troubles.all();

  async create(set: string, bucketing: Bucketing, actor: FlagActor): Promise<void> {
    if (!SET_NAME.test(set)) throw new RangeError('A flag set is named product.environment, each as in a launch plan.');
    const events = [{ type: 'set-created', bucketing } as const];
    const decide = ({ head }: { head: { seq: number } }) =>
      ({ ok: true, events: head.seq === 0 ? events : [] }) as const;
    await this.#writer.write({ set, actor, wayBack: false, decide });
  }

  async execute(order: FlagOrder): Promise<FlagsExecuted> {
    const { set, command } = order;
    try {
      if (command.type === 'kill') return await this.#kills.execute(order, command);
      // A kill that is in force came before whatever is decided now.
      if (this.#kills.wait(set)) await this.#kills.recordThoseOf(set);
      return await this.#writer.write(deciding(order));
    } catch (error) {
      void this.#comparing.look();
      throw error;
    }
  }

  history: Flags['history'] = async (set, asked) => {
    const limit = Math.min(Math.max(Math.trunc(asked.limit), 1), MOST_HISTORY);
    return await this.#ports.store.newest(set, { ...asked, limit });
  };

  /** One set that cannot be read keeps no other from being served. */
  async #load(set: string, version: number): Promise<void> {
    await this.#writer.catchUp(set, version).catch((error: unknown) => {
      if (!this.#troubles.has(set)) throw error;
      this.#ports.onError(error, `flag set ${set} cannot be read, and is not served`);
    });
  }

  #onChanged(changed: string | null, version: number | null): void {
    const set = changed === null ? null : setOfNotice(changed);
    if (changed === null) void this.#comparing.look();
    else if (set !== null) void this.#hear(set, version);
  }

  async #hear(set: string, version: number | null): Promise<void> {
    if (version !== null && this.#troubles.isKnown(set, version)) return;
    await this.#writer.catchUp(set, version).catch((error: unknown) => {
      this.#ports.onError(error, `flag set ${set} was changed and cannot be read; what was known last is served`);
    });
  }

  async #compared(versions: ReadonlyMap<string, number>): Promise<void> {
    await this.#kills.recordPending();
    await Promise.all([...versions].map(([set, version]) => this.#hear(set, version)));
    for (const { set } of this.#kept.all()) this.#refuseShorter(set, versions.get(set) ?? 0);
    this.#due.run();
  }

  /** A log never gets shorter, unless somebody put older data in its place. */
  #refuseShorter(set: string, version: number): void {
    const known = this.#kept.log(set)?.head.seq ?? 0;
    if (version >= known || this.#troubles.isKnown(set, version)) return;
    const error = this.#troubles.add(set, version, cutOff(set, known));
    this.#ports.onError(error, `flag set ${set} is served as it was known last`);
  }

  async #runDue(set: string): Promise<void> {
    if (this.#troubles.has(set)) return;
    const order: FlagOrder = { set, command: { type: 'run-due' }, actor: { kind: 'slipway' } };
    const executed = await this.execute(order).catch((error: unknown) => {
      this.#ports.onError(error, `what is scheduled in flag set ${set} could not be made; it is tried again`);
      return null;
    });
    if (executed?.ok === false) this.#ports.onError(null, `flag set ${set}: ${executed.rejection.message}`);
    // There may be more than is made at a time: in between others are answered.
    if (executed?.ok !== true || executed.events === 0) return;
    await nextTurn();
    this.#due.run(set);
  }
}
