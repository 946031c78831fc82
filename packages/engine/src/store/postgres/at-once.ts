import type { Queryable, SqlRow, SqlValue } from '../../ports/database.ts';

/** Texts vary with the number of their rows. */
const MOST_TEXTS = 1_000;

interface Asked {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  readonly answered: PromiseWithResolvers<readonly SqlRow[]>;
}

/** Collects the statements of work that asks before it waits, and makes one of them all. */
export class AtOnce implements Queryable {
  readonly pipelined = true;
  readonly #asked: Asked[] = [];
  readonly #texts: Map<string, string>;
  #isSent = false;

  /** `texts`: kept by whoever makes many of these; their parts are the same over and over. */
  constructor(texts: Map<string, string>) {
    this.#texts = texts;
  }

  async query(sql: string, values: readonly SqlValue[] = []): Promise<readonly SqlRow[]> {
    if (this.#isSent) throw new Error('This is one statement: ask everything before waiting for an answer.');
    const answered = Promise.withResolvers<readonly SqlRow[]>();
    this.#asked.push({ sql, values, answered });
    return await answered.promise;
  }

  /** Each statement a part of one; a part that returns rows must return one, or else the division by its number takes everything back. */
  statement(): { readonly sql: string; readonly values: readonly SqlValue[] } {
    this.#isSent = true;
    const values: SqlValue[] = [];
    const wholes = this.#asked.map((asked, index) => {
      const sql = `p${index} as (${this.#moved(asked.sql, values.length)})`;
      values.push(...asked.values);
      return sql;
    });
    const answers = this.#asked.flatMap(({ sql }, index) =>
      returns(sql)
        ? [`(select to_json(p${index})::text from p${index}) as p${index}, 1 / (select count(*) from p${index})`]
        : [],
    );
    return { sql: `with ${wholes.join(', ')} select ${answers.join(', ')}`, values };
  }

  #moved(sql: string, by: number): string {
    const key = `${by} ${sql}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = moved(sql, by);
    if (this.#texts.size < MOST_TEXTS) this.#texts.set(key, text);
    return text;
  }

  answer(row: SqlRow | undefined): void {
    for (const [index, { answered }] of this.#asked.entries()) {
      const text = row?.[`p${index}`] ?? null;
      answered.resolve(text === null ? [] : [JSON.parse(String(text)) as SqlRow]);
    }
  }

  fail(error: unknown): void {
    for (const { answered } of this.#asked) answered.reject(error);
  }
}

/** The numbers of its values begin after those of the parts before it. */
function moved(sql: string, by: number): string {
  return sql.replaceAll(/'[^']*'|\?(\d+)/g, (found, number: string | undefined) =>
    number === undefined ? found : `?${Number(number) + by}`,
  );
}

function returns(sql: string): boolean {
  return /\breturning\b/i.test(sql);
}
