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
  /** false: there was none. */
  remove(id: string): Promise<boolean>;
}
