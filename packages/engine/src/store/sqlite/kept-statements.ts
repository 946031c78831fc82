import type { StatementSync } from 'node:sqlite';

/** Texts that vary with the number of their rows come in any number, and each statement has memory of its own. */
const MOST_KEPT = 200;

/** Statements by their text, each prepared once: the first that are asked for are those that are asked for again and again. */
export class KeptStatements {
  readonly #prepare: (sql: string) => StatementSync;
  readonly #kept = new Map<string, StatementSync>();

  constructor(prepare: (sql: string) => StatementSync) {
    this.#prepare = prepare;
  }

  of(sql: string): StatementSync {
    const known = this.#kept.get(sql);
    if (known !== undefined) return known;
    const statement = this.#prepare(sql);
    if (this.#kept.size < MOST_KEPT) this.#kept.set(sql, statement);
    return statement;
  }

  clear(): void {
    this.#kept.clear();
  }
}
