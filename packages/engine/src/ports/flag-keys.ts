/** A key with which applications ask for flags. */
export interface FlagKeyRow {
  readonly id: string;
  /** The flag set that it opens, as `product.environment`. */
  readonly set: string;
  /** `server`: may also read definitions and report outcomes of any context. `client`: is in everybody's browser; evaluates and reports only. */
  readonly kind: 'server' | 'client';
  readonly createdBy: string;
  /** Epoch ms. */
  readonly createdAt: number;
}

/** Only hashes are stored. */
export interface FlagKeys {
  add(row: FlagKeyRow, hash: string): Promise<void>;
  /** Every key with its hash: servers keep them in memory, so that flags are served while the database is away. */
  all(): Promise<readonly (FlagKeyRow & { readonly hash: string })[]>;
  /** false: there was none. */
  remove(id: string): Promise<boolean>;
}
