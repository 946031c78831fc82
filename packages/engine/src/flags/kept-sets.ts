import type { RecordedFlagEvent } from '@slipway/flags';
import { ChangeListeners } from '../store/change-listeners.ts';
import type { FlagLog } from './flag-log.ts';
import type { PendingKill, ServedSet } from './flags.ts';
import { killed, serveSet } from './serve-set.ts';

interface Kept {
  readonly log: FlagLog;
  readonly kills: readonly PendingKill[];
  readonly served: ServedSet;
}

/** Flag sets in memory, compiled. Whoever listens is told within the call that changes one. */
export class KeptSets {
  readonly #kept = new Map<string, Kept>();
  readonly #listeners: ChangeListeners<[ServedSet]>;

  constructor(onError: (error: unknown) => void) {
    this.#listeners = new ChangeListeners(onError);
  }

  all(): readonly ServedSet[] {
    return [...this.#kept.values()].map(({ served }) => served).toSorted((a, b) => (a.set < b.set ? -1 : 1));
  }

  find(set: string): ServedSet | null {
    return this.#kept.get(set)?.served ?? null;
  }

  /** null: it is not known. */
  log(set: string): FlagLog | null {
    return this.#kept.get(set)?.log ?? null;
  }

  listen(listener: (served: ServedSet) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** `events`: those that made it grow. */
  put(set: string, log: FlagLog, events: readonly RecordedFlagEvent[]): void {
    const kills = this.#kept.get(set)?.kills ?? [];
    // What the log kills by now, by whosever word, needs no other one. Of a flag that is gone, whoever records it is told so.
    const isOpen = (kill: PendingKill): boolean => (log.state.flags.get(kill.flag)?.kill ?? null) === null;
    this.#keep(
      set,
      log,
      kills.filter((kill) => isOpen(kill) && !events.some((event) => records(event, kill))),
    );
  }

  /** Puts a kill in force that is not recorded. false: there is no such flag. */
  enforce(kill: PendingKill): boolean {
    const kept = this.#kept.get(kill.set);
    if (kept === undefined || killed(kept.log.state, kill) === null) return false;
    if (kept.kills.some(({ flag }) => flag === kill.flag)) return true;
    this.#keep(kill.set, kept.log, [...kept.kills, kill]);
    return true;
  }

  /** It is recorded, or was refused. */
  settle({ set, flag }: PendingKill): void {
    const kept = this.#kept.get(set);
    const left = kept?.kills.filter((each) => each.flag !== flag) ?? [];
    if (kept !== undefined && left.length < kept.kills.length) this.#keep(set, kept.log, left);
  }

  pendingKills(): readonly PendingKill[] {
    return [...this.#kept.values()].flatMap(({ kills }) => kills).toSorted((a, b) => a.since - b.since);
  }

  #keep(set: string, log: FlagLog, kills: readonly PendingKill[]): void {
    const served = serveSet(set, { log, kills, before: this.find(set) });
    this.#kept.set(set, { log, kills, served });
    this.#listeners.tell(served);
  }
}

/** The very kill, which the database took without saying so: who lifted it since has lifted it. */
function records({ event, actor, at }: RecordedFlagEvent, kill: PendingKill): boolean {
  if (event.type !== 'flag-killed' || event.flag !== kill.flag || at < kill.since) return false;
  const isBySame = actor.kind === 'person' ? kill.actor.kind === 'person' && kill.actor.id === actor.id : true;
  return (
    isBySame && actor.kind === kill.actor.kind && event.launch === kill.launch && kill.reason.startsWith(event.reason)
  );
}
