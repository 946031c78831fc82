/** Values of the portable SQL subset: JSON as text, times as epoch milliseconds. */
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** SQL with `?1, ?2, …` placeholders. */
export interface Queryable {
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** true: of a transaction in which statements may be asked without waiting for the one before; behind one that failed, none is done. */
  readonly pipelined?: true;
}

export interface TransactionOptions {
  /** Part of a way back: where the disk is full it may use what room a database keeps for that. */
  readonly wayBack?: boolean;
}

export interface Database extends Queryable {
  /**
   * All or nothing. `work` must not wait for anything but its own queries. Other transactions, of this process or another one, may
   * come in between its statements: what a change rests on belongs into the statement that makes it. `work` may be called again, after everything was taken back, when they were in each other's way.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * The same in a single statement, where the database can. For work that asks everything before it waits for an answer, each of its
   * statements of rows of its own; one that has `returning` must give one row, or all is taken back. false: it was taken back; ask
   * for a transaction, which says why.
   */
  atOnce?(work: (tx: Queryable) => Promise<void>): Promise<boolean>;
  close(): Promise<void>;
}
