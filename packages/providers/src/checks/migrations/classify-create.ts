import type { MadeHere } from './made-here.ts';
import { noteTable, tableKindOf } from './made-here.ts';
import type { Classified } from './migration-class.ts';
import { contract, destructive, expand } from './migration-class.ts';
import type { Token } from './tokens-of-sql.ts';
import { hasWord, isWord, nameAt, startsWith, textOf, without } from './words.ts';

/** Things that nobody uses until the new version does. */
const NEW_THINGS = [
  'TYPE',
  'DOMAIN',
  'SCHEMA',
  'SEQUENCE',
  'EXTENSION',
  'VIEW',
  'MATERIALIZED VIEW',
  'FUNCTION',
  'PROCEDURE',
  'AGGREGATE',
  'STATISTICS',
  'COLLATION',
] as const;

/** What `CREATE` does. What a function does when it is called is not looked into. */
export function classifyCreate(tokens: readonly Token[], made: MadeHere): Classified {
  const what = textOf(tokens).slice(0, 70);
  if (tableKindOf(tokens) !== null) {
    noteTable(tokens, made);
    return expand(`${what}: a new table`);
  }
  const rest = tokens.slice(1);
  if (startsWith(rest, 'OR REPLACE')) return contract(`${what}: replaces what may be in use`);
  if (isWord(rest[0], 'INDEX') || startsWith(rest, 'UNIQUE INDEX')) return classifyIndex(rest, what, made);
  if (NEW_THINGS.some((words) => startsWith(rest, words))) return expand(`${what}: something new`);
  if (['TRIGGER', 'CONSTRAINT TRIGGER', 'RULE', 'POLICY'].some((words) => startsWith(rest, words)))
    return contract(`${what}: changes what writes and reads of what runs do`);
  return destructive(`${what} cannot be read`);
}

function classifyIndex(tokens: readonly Token[], what: string, made: MadeHere): Classified {
  const on = tokens.findIndex((token) => isWord(token, 'ON'));
  const table = on === -1 ? null : nameAt(without(tokens.slice(on + 1), 'ONLY'));
  if (table !== null && made.tables.has(table.name)) return expand(`${what}: the table is new`);
  if (isWord(tokens[0], 'UNIQUE')) return contract(`${what}: what runs may write rows that it refuses`);
  return hasWord(tokens, 'CONCURRENTLY')
    ? expand(`${what}: no write waits for it`)
    : contract(`${what}: writes wait until it is made; say concurrently`);
}
