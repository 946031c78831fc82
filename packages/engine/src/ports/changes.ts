/** What is told of: a launch, or (null) that any of them may have changed, because something may have been missed. */
export type Changed = string | null;

/** `version`: what it was changed to; null: nobody said. */
export type ChangeListener = (launch: Changed, version: number | null) => void;

/** Bytes of UTF-8 that one broadcast may have. */
export const MOST_BROADCAST = 7_500;

/**
 * Tells every process that has the database open which launches changed, so that screens and caches look again. A hint and nothing
 * more: it may come twice, late, or not at all, as when this process dies in between. Who must not be deaf compares versions, too.
 */
export interface Changes {
  /** After the commit: who is told finds what changed. Waits for nobody. `version`: the launch's newest event, where one is named. */
  publish(launch: string, version?: number): void;
  /** Told of changes of this process and of all others; returns the way to stop. */
  listen(listener: ChangeListener): () => void;
  /**
   * Says what is true only now, outside of any transaction. Never rejects: each is lost where the connection is broken, where nobody
   * listens, and where it has more than MOST_BROADCAST bytes.
   */
  broadcast(...messages: readonly string[]): Promise<void>;
  /** Told of what this process and all others broadcast, in the order of each; returns the way to stop. */
  onBroadcast(listener: (message: string) => void): () => void;
  /** Nobody is told of anything afterwards. May be called twice. */
  close(): Promise<void>;
}

/** Whether a broadcast may be as long. */
export function isBroadcastable(message: string): boolean {
  return Buffer.byteLength(message) <= MOST_BROADCAST;
}
