/** What followers of one flag set are told when they begin. */
export interface FollowersOrder {
  readonly port: number;
  /** An evaluation key. */
  readonly key: string;
  /** The flag whose variant they look at. */
  readonly flag: string;
  readonly clients: number;
  /** Connections over which all of them together ask. */
  readonly connections: number;
}

/** When each client had the variant that was waited for. */
export interface Seen {
  /** Epoch milliseconds, one of each client that has it. */
  readonly times: readonly number[];
  readonly clients: number;
  /** Streams that broke. */
  readonly broken: number;
}
