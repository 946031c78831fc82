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
      return await this.#record(kill);
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

  async #recordAll(): Promise<void> {
    const { kept, onError } = this.#ports;
    for (const kill of kept.pendingKills()) {
      const told = await this.#record(kill).catch((error: unknown) => {
        onError(error, `the kill of flag ${kill.flag} in ${kill.set} is in force on this server, and not recorded yet`);
        return null;
      });
      if (told?.ok === false)
        onError(null, `the kill of flag ${kill.flag} in ${kill.set} is over: ${told.rejection.message}`);
    }
  }

  async #record(kill: PendingKill): Promise<FlagsExecuted> {
    const { set, flag, reason, launch, actor } = kill;
    const command: KillCommand = { type: 'kill', flag, reason, launch };
    const executed = await this.#ports.writer.write(deciding({ set, command, actor }));
    this.#ports.kept.settle(kill);
    return executed;
  }
}

function notRecorded(error: unknown, { flag }: PendingKill): unknown {
  if (!(error instanceof StorageError)) return error;
  const message = `Flag ${flag} is killed on this server and not recorded yet, which is tried again: other servers may still serve it. ${error.message}`;
  return new StorageError(error.code, message, { cause: error });
}
