import type { FlagActor, FlagEvent, FlagRejection } from '@slipway/flags';
import { Serial } from '../launches/serial.ts';
import type { Changes } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { FlagStore } from '../ports/flag-store.ts';
import { VersionConflict } from '../ports/launch-store.ts';
import { sealFlagEvents } from '../store/flag-chain.ts';
import { StorageError } from '../store/storage-error.ts';
import { type FlagLog, grown, NO_LOG } from './flag-log.ts';
import { flagNotice } from './flag-notice.ts';
import type { FlagsExecuted } from './flags.ts';
import type { KeptSets } from './kept-sets.ts';
import type { Troubles } from './troubles.ts';

export interface FlagWriterPorts {
  readonly store: FlagStore;
  readonly clock: Clock;
  /** null: no other process is told. */
  readonly changes: Pick<Changes, 'publish'> | null;
  readonly kept: KeptSets;
  readonly troubles: Troubles;
}

export type Decided =
  | { readonly ok: true; readonly events: readonly FlagEvent[] }
  | { readonly ok: false; readonly rejection: FlagRejection };

/** What is to happen to a set. */
export interface Writing {
  readonly set: string;
  readonly actor: FlagActor;
  readonly wayBack: boolean;
  readonly decide: (log: FlagLog, now: number) => Decided;
}

const MOST_CONFLICTS = 50;

/** Decide, append, fold, tell: the only way in which a flag set changes. One at a time for each set of this process; against others the version decides. */
export class FlagWriter {
  readonly #ports: FlagWriterPorts;
  readonly #serial = new Serial();

  constructor(ports: FlagWriterPorts) {
    this.#ports = ports;
  }

  write(writing: Writing): Promise<FlagsExecuted> {
    return this.#serial.run(writing.set, () => this.#write(writing));
  }

  /** Reads what this process does not know yet. `version`: the newest event that was heard of; null: nobody said. */
  catchUp(set: string, version: number | null): Promise<void> {
    return this.#serial.run(set, async () => {
      if (version !== null && version <= this.#log(set).head.seq) return;
      await this.#catchUp(set, version);
    });
  }

  async #write(writing: Writing): Promise<FlagsExecuted> {
    let isFresh = false;
    for (let conflicts = 0; ;) {
      const log = this.#log(writing.set);
      const now = this.#ports.clock.now();
      const decided = writing.decide(log, now);
      const isChange = decided.ok && decided.events.length > 0;
      if (isChange) {
        const executed = await this.#append(writing, { log, events: decided.events, now });
        if (executed !== null) return executed;
        conflicts += 1;
        if (conflicts >= MOST_CONFLICTS) throw busy(writing.set);
        await this.#catchUpWithOthers(writing.set);
      } else if (isFresh) {
        return decided.ok ? { ok: true, version: log.head.seq, events: 0, proposed: null } : decided;
      } else {
        // It appends nothing that would find out what others did: so it rests on the log.
        await this.#catchUp(writing.set, null);
      }
      isFresh = true;
    }
  }

  /** null: somebody else was quicker. */
  async #append(
    { set, actor, wayBack }: Writing,
    { log, events: decided, now }: Deciding,
  ): Promise<FlagsExecuted | null> {
    const { store, kept, changes } = this.#ports;
    const drafts = decided.map((event) => ({ actor, event }));
    const events = sealFlagEvents(set, log.head, drafts, now);
    const after = grown(set, log, events);
    try {
      await store.append({ set, expected: log.head.seq, events, wayBack });
    } catch (error) {
      if (error instanceof VersionConflict) return null;
      throw error;
    }
    kept.put(set, after, events);
    changes?.publish(flagNotice(set), after.head.seq);
    const proposed = decided.find((event) => event.type === 'change-proposed')?.id ?? null;
    return { ok: true, version: after.head.seq, events: events.length, proposed };
  }

  async #catchUpWithOthers(set: string): Promise<void> {
    const before = this.#log(set).head.seq;
    await this.#catchUp(set, null);
    if (this.#log(set).head.seq > before) return;
    throw this.#ports.troubles.add(set, null, cutOff(set, before));
  }

  async #catchUp(set: string, version: number | null): Promise<void> {
    const { store, kept, troubles } = this.#ports;
    const log = this.#log(set);
    try {
      const events = await store.read(set, log.head.seq);
      if (events.length > 0) kept.put(set, grown(set, log, events), events);
    } catch (error) {
      throw troubles.add(set, version, error);
    }
    troubles.end(set);
  }

  #log(set: string): FlagLog {
    return this.#ports.kept.log(set) ?? NO_LOG;
  }
}

interface Deciding {
  readonly log: FlagLog;
  readonly events: readonly FlagEvent[];
  readonly now: number;
}

export function cutOff(set: string, version: number): StorageError {
  const what = `The log of flag set ${set} ends before event ${version}, which this server serves`;
  return new StorageError(
    'damaged',
    `${what}: restore the data from a backup, or restart this server to serve what is there.`,
  );
}

function busy(set: string): StorageError {
  return new StorageError('in-use', `Flag set ${set} is changed by others all the time: try again.`);
}
