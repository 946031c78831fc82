import { classifyAlterTable } from './classify-alter-table.ts';
import { classifyCreate } from './classify-create.ts';
import type { MadeHere } from './made-here.ts';
import { forget, setsOnlyMadeHere } from './made-here.ts';
import type { Classified } from './migration-class.ts';
import { contract, destructive, expand, worstOf } from './migration-class.ts';
import type { Token } from './tokens-of-sql.ts';
import { tokensOfSql } from './tokens-of-sql.ts';
import { hasWord, isSign, isWord, startsWith, textOf } from './words.ts';

/**
 * How dangerous a migration for PostgreSQL is, by its statements: the worst of them. Nothing is known of the database, so it errs
 * on the side of danger. Pure.
 *
 * - expand: CREATE TABLE, TYPE, SCHEMA, SEQUENCE, EXTENSION, VIEW, FUNCTION; ADD COLUMN that may be null or has a constant default;
 *   CREATE INDEX CONCURRENTLY; DROP NOT NULL; ADD VALUE to an enum; COMMENT, GRANT, ANALYZE, SET of a time-out; whatever is done to
 *   a table that the same file made; UPDATE of columns that the same file made.
 * - contract: ADD COLUMN that is not null without default, has a constraint, or a default that is worked out; ADD, VALIDATE and DROP
 *   CONSTRAINT; SET NOT NULL; SET and DROP DEFAULT; RENAME; a type that becomes text; CREATE INDEX (it blocks writes) and
 *   CREATE UNIQUE INDEX; CREATE OR REPLACE; triggers, rules, policies; DROP of an index, view, function, trigger, type; INSERT; LOCK.
 * - destructive: DROP TABLE, COLUMN, SCHEMA, SEQUENCE, DATABASE, and any DROP with CASCADE; TRUNCATE; DELETE; MERGE; any other UPDATE;
 *   INSERT that updates on conflict; a type that may be narrower (any but text); and everything that it cannot read: DO, CALL,
 *   SELECT (a function may do anything), WITH, COPY, EXECUTE, commands of psql, a text that never ends.
 *
 * What functions and triggers do when a statement sets them off is not looked into.
 */
export function classifySql(sql: string): Classified {
  const tokens = tokensOfSql(sql.replace(/^\uFEFF/, ''));
  if (tokens.kind === 'unread') return destructive(`cannot be read: ${tokens.reason}`);
  const made: MadeHere = { tables: new Set(), columns: new Set() };
  const each = tokens.statements.map((statement) => {
    const classified = classifyStatement(statement, made);
    if (hasWord(statement, 'RENAME') || hasWord(statement, 'SCHEMA') || mayMoveOn(statement)) forget(made);
    return classified;
  });
  return worstOf(each, expand('no statement'));
}

/** What ends a `SET LOCAL search_path`, or any: the same name may then be another table. */
const mayMoveOn = ([first]: readonly Token[]): boolean =>
  ['COMMIT', 'END', 'RESET'].some((word) => isWord(first, word));

function classifyStatement(tokens: readonly Token[], made: MadeHere): Classified {
  const what = textOf(tokens).slice(0, 70);
  if (isWord(tokens[0], 'CREATE')) return classifyCreate(tokens, made);
  if (startsWith(tokens, 'ALTER TABLE')) return classifyAlterTable(tokens.slice(2), made);
  if (isWord(tokens[0], 'ALTER')) return classifyAlter(tokens, what);
  if (isWord(tokens[0], 'DROP')) return classifyDrop(tokens, what);
  if (isWord(tokens[0], 'SET')) return classifySet(tokens, made);
  if (isWord(tokens[0], 'INSERT'))
    return hasWord(tokens, 'UPDATE') || hasWord(tokens, 'DELETE')
      ? destructive(`${what}: overwrites rows`)
      : contract(`${what}: rows that what runs meets`);
  if (isWord(tokens[0], 'UPDATE'))
    return setsOnlyMadeHere(tokens, made)
      ? expand(`${what}: fills a new column`)
      : destructive(`${what}: overwrites values`);
  return byFirstWords(tokens, what);
}

const HARMLESS = ['BEGIN', 'START TRANSACTION', 'COMMIT', 'END', 'ANALYZE', 'COMMENT ON', 'GRANT', 'RESET', 'SHOW'];
const BLOCKING = ['LOCK', 'REVOKE', 'REFRESH MATERIALIZED VIEW', 'REINDEX'];
const LOSING = ['TRUNCATE', 'DELETE', 'MERGE'];

function byFirstWords(tokens: readonly Token[], what: string): Classified {
  const begins = (words: string): boolean => startsWith(tokens, words);
  if (HARMLESS.some(begins)) return expand(`${what}: changes no table`);
  if (BLOCKING.some(begins)) return contract(`${what}: what runs may wait or be refused`);
  if (LOSING.some(begins)) return destructive(`${what}: data is lost`);
  return destructive(`${what} cannot be read`);
}

function classifyAlter(tokens: readonly Token[], what: string): Classified {
  if (
    startsWith(tokens, 'ALTER TYPE') &&
    tokens.some((token, i) => isWord(token, 'ADD') && isWord(tokens[i + 1], 'VALUE'))
  )
    return expand(`${what}: one more value`);
  if (hasWord(tokens, 'RENAME')) return contract(`${what}: what runs knows the old name`);
  if (startsWith(tokens, 'ALTER INDEX')) return contract(`${what}: what runs may wait`);
  return destructive(`${what} cannot be read`);
}

const DROPS_NO_DATA = [
  'INDEX',
  'VIEW',
  'MATERIALIZED VIEW',
  'FUNCTION',
  'PROCEDURE',
  'TRIGGER',
  'POLICY',
  'RULE',
  'TYPE',
];

function classifyDrop(tokens: readonly Token[], what: string): Classified {
  if (hasWord(tokens, 'CASCADE')) return destructive(`${what}: with all that hangs on it`);
  return DROPS_NO_DATA.some((words) => startsWith(tokens.slice(1), words))
    ? contract(`${what}: what runs may use it`)
    : destructive(`${what}: data is lost`);
}

/** What tools that write migrations put before them. */
const SETTINGS = [
  'LOCK_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'IDLE_IN_TRANSACTION_SESSION_TIMEOUT',
  'CLIENT_ENCODING',
  'CLIENT_MIN_MESSAGES',
  'CHECK_FUNCTION_BODIES',
  'DEFAULT_TABLESPACE',
  'DEFAULT_TABLE_ACCESS_METHOD',
  'ROW_SECURITY',
  'XMLOPTION',
];

function classifySet(tokens: readonly Token[], made: MadeHere): Classified {
  const what = textOf(tokens).slice(0, 70);
  const rest = startsWith(tokens, 'SET LOCAL') || startsWith(tokens, 'SET SESSION') ? tokens.slice(2) : tokens.slice(1);
  if (isWord(rest[0], 'SEARCH_PATH')) {
    forget(made);
    return expand(`${what}: changes no table`);
  }
  // Switched off, a backslash would end texts elsewhere than they were read to end.
  const isOn = isWord(rest[0], 'STANDARD_CONFORMING_STRINGS') && isWord(rest[2], 'ON') && isSign(rest[1], '=');
  return isOn || SETTINGS.some((name) => isWord(rest[0], name))
    ? expand(`${what}: changes no table`)
    : destructive(`${what} cannot be read`);
}
