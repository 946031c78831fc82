import type { FlagCommand } from '@slipway/flags';
import type { Clock } from '../ports/clock.ts';
import { StorageError } from '../store/storage-error.ts';
import { deciding } from './deciding.ts';
import type { FlagWriter } from './flag-writer.ts';
import type { FlagOrder, FlagsExecuted, PendingKill } from './flags.ts';
import type { KeptSets } from './kept-sets.ts';

/** Milliseconds that a kill waits for the database before it is in force without it. */
export const PATIENCE = 200;

interface Ports {
  readonly writer: FlagWriter;
  readonly kept: KeptSets;
  readonly clock: Clock;
  readonly onError: (error: unknown, what: string) => void;
}

type KillCommand = Extract<FlagCommand, { type: 'kill' }>;

/** Nothing blocks a way back: where the database does not take a kill, it is in force in this process, and recorded later. */
export class Kills {
  readonly #ports: Ports;
  #recording: Promise<void> | null = null;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Rejects where it is not recorded. */
  async execute({ set, actor }: FlagOrder, { flag, reason, launch }: KillCommand): Promise<FlagsExecuted> {
    const { kept, clock } = this.#ports;
    const kill: PendingKill = { set, flag, reason, launch, actor, since: clock.now() };
    const cancel = clock.after(PATIENCE, () => void kept.enforce(kill));
    try {
      return await this.#record(kill, () => true);
    } catch (error) {
      if (!kept.enforce(kill)) throw error;
      throw notRecorded(error, kill);
    } finally {
      cancel();
    }
  }

  /** Tries once for each that waits. Never rejects. */
  recordPending(): Promise<void> {
    this.#recording ??= this.#recordAll().finally(() => (this.#recording = null));
    return this.#recording;
  }

  /** Whether kills of a set wait to be recorded. */
  wait(set: string): boolean {
    return this.#ports.kept.pendingKills().some((kill) => kill.set === set);
  }

  /** Rejects where one of the set still waits: it came before whatever is asked now, which would rest on a set that is not served. */
  async recordThoseOf(set: string): Promise<void> {
    // The first try may have begun before the last kill was in force.
    for (let tries = 0; this.wait(set) && tries < 2; tries += 1) await this.recordPending();
    const kill = this.#ports.kept.pendingKills().find((each) => each.set === set);
    if (kill === undefined) return;
    const message = `The kill of flag ${kill.flag} is not recorded yet: nothing else of flag set ${set} is changed until it is. Try again.`;
    throw new StorageError('in-use', message);
  }

  async #recordAll(): Promise<void> {
    const { kept, onError } = this.#ports;
    for (const kill of kept.pendingKills()) {
      // What is read while it is recorded may show that it is recorded already, and lifted since.
      const isWanted = (): boolean => kept.pendingKills().includes(kill);
      const told = await this.#record(kill, isWanted).catch((error: unknown) => {
        onError(error, `the kill of flag ${kill.flag} in ${kill.set} is in force on this server, and not recorded yet`);
        return null;
      });
      if (told?.ok === false)
        onError(null, `the kill of flag ${kill.flag} in ${kill.set} is over: ${told.rejection.message}`);
    }
  }

  async #record(kill: PendingKill, isWanted: () => boolean): Promise<FlagsExecuted> {
    const { set, flag, reason, launch, actor } = kill;
    const command: KillCommand = { type: 'kill', flag, reason, launch };
    const writing = deciding({ set, command, actor });
    const decide: typeof writing.decide = (log, now) =>
      isWanted() ? writing.decide(log, now) : { ok: true, events: [] };
    const executed = await this.#ports.writer.write({ ...writing, decide });
    this.#ports.kept.settle(kill);
    return executed;
  }
}

function notRecorded(error: unknown, { flag }: PendingKill): unknown {
  if (!(error instanceof StorageError)) return error;
  const message = `Flag ${flag} is killed on this server and not recorded yet, which is tried again: other servers may still serve it. ${error.message}`;
  return new StorageError(error.code, message, { cause: error });
}
