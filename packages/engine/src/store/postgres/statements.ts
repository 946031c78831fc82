import { numberedPlaceholders } from './numbered-placeholders.ts';

/** As PostgreSQL takes it. Under its name each connection parses and plans it once. */
export interface Statement {
  readonly text: string;
  readonly name?: string;
}

/** What a connection may keep: texts that vary with the number of their rows come in any number. */
const MOST_NAMES = 200;
const PLANNED = /^\s*(?:select|insert|update|delete|with)\b/i;

/** Portable texts as PostgreSQL's statements. A name always stands for the same text. */
export class Statements {
  readonly #known = new Map<string, Statement>();

  of(sql: string): Statement {
    const known = this.#known.get(sql);
    if (known !== undefined) return known;
    const text = numberedPlaceholders(sql);
    if (this.#known.size >= MOST_NAMES || !PLANNED.test(sql)) return { text };
    const statement = { text, name: `slipway_${this.#known.size + 1}` };
    this.#known.set(sql, statement);
    return statement;
  }
}
