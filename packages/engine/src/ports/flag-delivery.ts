/** How far the newest change of a flag set has got to the clients of this server. */
export interface FlagReach {
  /** Sequence number of the set's newest event that it serves. */
  readonly version: number;
  /** Open streams that were told. */
  readonly told: number;
  /** Clients that have asked again because they were told. */
  readonly fetched: number;
  /** Epoch ms of the last of these; null: none has. */
  readonly lastFetchedAt: number | null;
}

/** `set`: as `product.environment`. null: nothing has changed since this server started. Never throws. */
export type FlagDeliveries = (set: string) => FlagReach | null;
