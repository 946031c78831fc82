import type { Queryable, SqlRow, SqlValue } from '../../ports/database.ts';

interface Asked {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  readonly answered: PromiseWithResolvers<readonly SqlRow[]>;
}

/** Collects the statements of work that asks before it waits, to be made parts of one. */
export class AtOnce implements Queryable {
  readonly pipelined = true;
  readonly #asked: Asked[] = [];
  readonly #worked: Promise<readonly PromiseSettledResult<void>[]>;
  #isAsked = false;
  /** Work of the same shape asks the same, with other values. */
  readonly shape: string;

  constructor(work: (tx: Queryable) => Promise<void>) {
    this.#worked = Promise.allSettled([work(this)]);
    this.#isAsked = true;
    this.shape = this.#asked.map(({ sql }) => sql).join('\n');
  }

  get asked(): readonly Pick<Asked, 'sql' | 'values'>[] {
    return this.#asked;
  }

  async query(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    if (this.#isAsked) throw new Error('This is one statement: ask everything before waiting for an answer.');
    const answered = Promise.withResolvers<readonly SqlRow[]>();
    this.#asked.push({ sql, values, answered });
    return await answered.promise;
  }

  /** `rows`: of each statement as JSON, null where it gave none. Resolves when the work is done; rejects where it expected others. */
  async answer(rows: readonly (string | null)[]): Promise<true> {
    for (const [index, { answered }] of this.#asked.entries()) {
      const text = rows[index] ?? null;
      answered.resolve(text === null ? [] : [JSON.parse(text) as SqlRow]);
    }
    const failed = (await this.#worked).find(({ status }) => status === 'rejected');
    if (failed === undefined) return true;
    throw new Error('What was stored at once was not what its work expects.', { cause: failed });
  }

  /** Resolves when the work has heard it. */
  async fail(error: unknown): Promise<void> {
    for (const { answered } of this.#asked) answered.reject(error);
    await this.#worked;
  }
}
