import type { MadeHere } from './made-here.ts';
import { forget } from './made-here.ts';
import type { Classified } from './migration-class.ts';
import { contract, destructive, expand, worstOf } from './migration-class.ts';
import type { Token } from './tokens-of-sql.ts';
import { hasWord, isSign, isWord, nameAt, partsOf, startsWith, textOf, without } from './words.ts';

/** What `ALTER TABLE` does: the worst of its actions. `tokens` begin after those two words. */
export function classifyAlterTable(tokens: readonly Token[], made: MadeHere): Classified {
  const table = nameAt(without(tokens, 'IF EXISTS', 'ONLY'));
  if (table === null) return destructive('ALTER TABLE without a table');
  const rest = isSign(table.rest[0], '*') ? table.rest.slice(1) : table.rest;
  const actions = partsOf(rest).map((action) => classifyAction(action, table.name, made));
  return worstOf(actions, destructive(`ALTER TABLE ${table.name} cannot be read`));
}

/** Actions by their first words; what is not here cannot be read. */
const ACTIONS: readonly (readonly [string, (what: string) => Classified])[] = [
  ['RENAME', (what) => contract(`${what}: what runs knows the old name`)],
  ['ADD CONSTRAINT', (what) => contract(`${what}: what runs may write rows that it refuses`)],
  ['ADD PRIMARY KEY', (what) => contract(`${what}: what runs may write rows that it refuses`)],
  ['ADD UNIQUE', (what) => contract(`${what}: what runs may write rows that it refuses`)],
  ['ADD FOREIGN KEY', (what) => contract(`${what}: what runs may write rows that it refuses`)],
  ['ADD CHECK', (what) => contract(`${what}: what runs may write rows that it refuses`)],
  ['ADD EXCLUDE', (what) => contract(`${what}: what runs may write rows that it refuses`)],
  ['VALIDATE CONSTRAINT', (what) => contract(`${what}: reads the whole table`)],
  ['DROP CONSTRAINT', (what) => contract(`${what}: what runs may rely on it`)],
  ['ENABLE ROW LEVEL SECURITY', (what) => contract(`${what}: hides rows from what runs`)],
  ['FORCE ROW LEVEL SECURITY', (what) => contract(`${what}: hides rows from what runs`)],
  ['DISABLE ROW LEVEL SECURITY', (what) => contract(`${what}: shows rows that were hidden`)],
  ['OWNER TO', (what) => contract(`${what}: what runs may lose its rights`)],
  ['SET SCHEMA', (what) => contract(`${what}: what runs knows the old place`)],
  ['DETACH PARTITION', (what) => contract(`${what}: hides rows from what runs`)],
];

function classifyAction(action: readonly Token[], table: string, made: MadeHere): Classified {
  const isNew = made.tables.has(table);
  const what = `ALTER TABLE ${table} ${textOf(action).slice(0, 60)}`;
  if (hasWord(action, 'CASCADE') && isWord(action[0], 'DROP')) return destructive(`${what}: with all that hangs on it`);
  if (startsWith(action, 'ATTACH PARTITION')) {
    // From here on rows of the other table are rows of this one.
    forget(made);
    return contract(`${what}: takes a lock`);
  }
  const known = ACTIONS.find(([words]) => startsWith(action, words));
  if (known !== undefined) return isNew ? expand(`${what}: the table is new`) : known[1](what);
  if (isWord(action[0], 'ADD')) return classifyAdd(action.slice(1), { table, what }, made);
  if (isWord(action[0], 'DROP')) return destructive(`${what}: the column's data is lost`);
  if (isWord(action[0], 'ALTER')) return classifyColumn(without(action.slice(1), 'COLUMN'), { what, isNew });
  return destructive(`${what} cannot be read`);
}

function classifyAdd(
  action: readonly Token[],
  { table, what }: { readonly table: string; readonly what: string },
  made: MadeHere,
): Classified {
  const column = nameAt(without(action, 'COLUMN', 'IF NOT EXISTS'));
  if (column === null) return destructive(`${what} cannot be read`);
  // With IF NOT EXISTS it may have been there, with values.
  if (!startsWith(without(action, 'COLUMN'), 'IF NOT EXISTS')) made.columns.add(`${table}.${column.name}`);
  if (made.tables.has(table)) return expand(`${what}: the table is new`);
  const { rest } = column;
  const rule = ['UNIQUE', 'PRIMARY', 'CHECK', 'REFERENCES', 'CONSTRAINT'].find((word) => hasWord(rest, word));
  if (rule !== undefined) return contract(`${what}: with a constraint (${rule})`);
  const serial = ['GENERATED', 'SERIAL', 'BIGSERIAL', 'SMALLSERIAL', 'SERIAL4', 'SERIAL8', 'SERIAL2'];
  if (serial.some((word) => hasWord(rest, word))) return contract(`${what}: writes the whole table anew`);
  const byDefault = rest.findIndex((token) => isWord(token, 'DEFAULT'));
  if (byDefault !== -1) return classifyDefault(rest.slice(byDefault + 1), what);
  const isRequired = rest.some((token, i) => isWord(token, 'NOT') && isWord(rest[i + 1], 'NULL'));
  return isRequired
    ? contract(`${what}: not null, and no default: what runs gives it no value`)
    : expand(`${what}: a column that may be null`);
}

/** Before a bracket: what is worked out once for a statement, and types with a length. */
const CONSTANT = [
  'NOW',
  'CURRENT_TIMESTAMP',
  'VARCHAR',
  'VARYING',
  'CHAR',
  'NUMERIC',
  'DECIMAL',
  'TIMESTAMP',
  'TIMESTAMPTZ',
];

/** PostgreSQL keeps a constant default beside the table; for any other it may write every row anew. */
function classifyDefault(value: readonly Token[], what: string): Classified {
  const called = value.filter(({ kind }, i) => (kind === 'word' || kind === 'quoted') && isSign(value[i + 1], '('));
  const isConstant = called.every((token) => CONSTANT.some((word) => isWord(token, word)));
  if (!isConstant) return contract(`${what}: a default that is worked out may write the whole table anew`);
  if (isWord(value[0], 'NULL') && hasWord(value, 'NOT')) return contract(`${what}: not null, and null by default`);
  return expand(`${what}: a column with a default`);
}

function classifyColumn(
  tokens: readonly Token[],
  { what, isNew }: { readonly what: string; readonly isNew: boolean },
): Classified {
  const column = nameAt(tokens);
  if (column === null) return destructive(`${what} cannot be read`);
  const { rest } = column;
  const type = startsWith(rest, 'SET DATA TYPE') ? rest.slice(3) : isWord(rest[0], 'TYPE') ? rest.slice(1) : null;
  if (isNew) return expand(`${what}: the table is new`);
  if (type !== null) return classifyType(type, what);
  if (startsWith(rest, 'DROP NOT NULL')) return expand(`${what}: more is allowed than before`);
  if (startsWith(rest, 'SET NOT NULL')) return contract(`${what}: what runs may write null`);
  if (startsWith(rest, 'SET DEFAULT') || startsWith(rest, 'DROP DEFAULT'))
    return contract(`${what}: what runs may rely on the default`);
  if (startsWith(rest, 'SET STATISTICS')) return expand(`${what}: for the planner alone`);
  return destructive(`${what} cannot be read`);
}

/** The file does not say what the type was: only one that holds every text is surely no narrower. */
function classifyType(type: readonly Token[], what: string): Classified {
  const isText = textOf(type) === 'TEXT' || textOf(type) === 'VARCHAR' || textOf(type) === 'CHARACTER VARYING';
  return isText
    ? contract(`${what}: any value fits, but what runs may expect the old type`)
    : destructive(`${what}: may be narrower than before`);
}
