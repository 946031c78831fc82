import { emptyFlagSet, evolveAll, type FlagSet } from '@slipway/flags';
import type { StoredFlagEvent } from '../ports/flag-store.ts';
import { type ChainHead, GENESIS } from '../store/links.ts';
import { StorageError } from '../store/storage-error.ts';

/** A flag set as its log has it, up to `head`. */
export interface FlagLog {
  readonly state: FlagSet;
  readonly head: ChainHead;
}

export const NO_LOG: FlagLog = { state: emptyFlagSet(), head: { seq: 0, hash: GENESIS } };

/** The log with these events behind it. Throws StorageError damaged where they do not follow, or do not fold. */
export function grown(set: string, log: FlagLog, events: readonly StoredFlagEvent[]): FlagLog {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return log;
  if (first.seq !== log.head.seq + 1 || first.previous !== log.head.hash) {
    const what = `Event ${first.seq} of flag set ${set} does not follow from event ${log.head.seq}, which this server serves`;
    throw new StorageError(
      'damaged',
      `${what}: restore the data from a backup, or restart this server to serve what is there.`,
    );
  }
  return { state: folded(set, log, events), head: { seq: last.seq, hash: last.hash } };
}

function folded(set: string, log: FlagLog, events: readonly StoredFlagEvent[]): FlagSet {
  try {
    return evolveAll(log.state, events);
  } catch (error) {
    const message = `The log of flag set ${set} cannot be folded behind event ${log.head.seq}: restore the data from a backup.`;
    throw new StorageError('damaged', message, { cause: error });
  }
}
