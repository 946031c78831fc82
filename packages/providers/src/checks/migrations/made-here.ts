import type { Token } from './tokens-of-sql.ts';
import { hasWord, isSign, isWord, nameAt, startsWith, without } from './words.ts';

/** What the statements before made, in the same file: nobody else knows it yet. */
export interface MadeHere {
  readonly tables: Set<string>;
  /** `table.column` */
  readonly columns: Set<string>;
}

const TABLE_KINDS = ['CREATE TABLE', 'CREATE UNLOGGED TABLE', 'CREATE TEMP TABLE', 'CREATE TEMPORARY TABLE'] as const;

/** The words that begin a `CREATE TABLE`; null for another statement. */
export const tableKindOf = (tokens: readonly Token[]): string | null =>
  TABLE_KINDS.find((words) => startsWith(tokens, words)) ?? null;

/** Notes the table that a statement makes. With IF NOT EXISTS it may have been there, with rows. */
export function noteTable(tokens: readonly Token[], made: MadeHere): void {
  const kind = tableKindOf(tokens);
  if (kind === null) return;
  const table = nameAt(tokens.slice(kind.split(' ').length));
  if (table === null || startsWith(tokens.slice(kind.split(' ').length), 'IF NOT EXISTS')) return;
  // A part of a table holds rows of the whole; a temporary one hides another of its name, for a while.
  if (!startsWith(table.rest, 'PARTITION OF') && !kind.includes('TEMP')) made.tables.add(table.name);
}

/** From here on the same names may be other tables. */
export function forget(made: MadeHere): void {
  made.tables.clear();
  made.columns.clear();
}

/**
 * Whether an UPDATE sets only columns that were made here, so nothing is overwritten that was there before. Anything but
 * `UPDATE table SET column = ..., ...` is not.
 */
export function setsOnlyMadeHere(tokens: readonly Token[], made: MadeHere): boolean {
  const table = nameAt(without(tokens.slice(1), 'ONLY'));
  if (table === null || !isWord(table.rest[0], 'SET')) return false;
  const columns = columnsSet(table.rest.slice(1));
  if (columns === null || columns.length === 0) return false;
  return columns.every((column) => made.tables.has(table.name) || made.columns.has(`${table.name}.${column}`));
}

/** Null where it cannot be told. */
function columnsSet(tokens: readonly Token[]): readonly string[] | null {
  const columns: string[] = [];
  let depth = 0;
  let expectsName = true;
  for (const [i, token] of tokens.entries()) {
    if (depth === 0 && ['FROM', 'WHERE', 'RETURNING'].some((word) => isWord(token, word))) break;
    if (expectsName) {
      const column = nameAt([token]);
      if (column === null || !isSign(tokens[i + 1], '=')) return null;
      columns.push(column.name);
    }
    if (isSign(token, '(')) depth += 1;
    if (isSign(token, ')')) depth -= 1;
    expectsName = depth === 0 && isSign(token, ',');
  }
  return hasWord(tokens, 'DELETE') ? null : columns;
}
