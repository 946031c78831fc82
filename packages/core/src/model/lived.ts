/**
 * What whoever asks knows to have passed, by a clock that nobody sets: never more than has passed, to the millisecond. It may well be
 * less, for nobody knows how long no process was there.
 */
export interface Lived {
  /** By step that waits: milliseconds since the log last counted them. */
  readonly waits: Readonly<Record<string, number>>;
  /** Milliseconds since the launch turned back; null: whoever asks was not there. */
  readonly stopping: number | null;
}
