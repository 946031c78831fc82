export interface TokenRow {
  readonly id: string;
  readonly person: string;
  readonly role: string;
  readonly createdAt: number;
}

/** API tokens. Only hashes are stored. */
export interface Tokens {
  add(row: TokenRow, hash: string): Promise<void>;
  findByHash(hash: string): Promise<TokenRow | null>;
  list(): Promise<readonly TokenRow[]>;
  /** Every token with its hash: a server keeps them in memory, so that a way back is open to people while the database is away. */
  all(): Promise<readonly (TokenRow & { readonly hash: string })[]>;
  /** false: there was none. */
  remove(id: string): Promise<boolean>;
}
