import type { Row } from '../../sql/read-only.ts';
import { baseName, flywayVersion } from './migration-key.ts';
import type { MigrationsCheckConfig, Tool } from './schema.ts';

/** What the database says of one migration. Later ones of the same key stand for it. */
export interface Recorded {
  /** By which a file is found. */
  readonly key: string;
  readonly name: string;
  readonly state: 'applied' | 'failed' | 'undone';
  /** Flyway's, of a repeatable migration; null elsewhere. */
  readonly checksum: number | null;
}

export interface History {
  readonly recorded: readonly Recorded[];
  /** Flyway's: versions up to this one were there before it. Null: none. */
  readonly baseline: string | null;
}

const quoted = (name: string): string => `"${name}"`;

/** The query whose rows `historyOf` reads. Names in it are identifiers by the schema, and quoted. */
export function historyQuery({ tool, schema }: Pick<MigrationsCheckConfig, 'tool' | 'schema'>): string {
  const inSchema = (table: string): string => (schema === undefined ? '' : `${quoted(schema)}.`) + quoted(table);
  if (tool === 'prisma')
    return `select migration_name as name, finished_at is not null as finished, rolled_back_at is not null as undone
      from ${inSchema('_prisma_migrations')} order by started_at`;
  if (tool === 'flyway')
    return `select script as name, version, type, success, checksum
      from ${inSchema('flyway_schema_history')} order by installed_rank`;
  if (tool === 'knex') return `select name from ${inSchema('knex_migrations')} order by id`;
  return `select ${quoted(tool.column)}::text as name from ${inSchema(tool.table)}`;
}

export function historyOf(tool: Tool, rows: readonly Row[]): History {
  if (tool === 'flyway') return flywayHistory(rows);
  const recorded = rows.map((row): Recorded => {
    const name = String(row['name']);
    const state = tool === 'prisma' ? prismaState(row) : 'applied';
    return { key: tool === 'prisma' ? name : baseName(name), name, state, checksum: null };
  });
  return { recorded, baseline: null };
}

function prismaState(row: Row): Recorded['state'] {
  if (row['undone'] === true) return 'undone';
  return row['finished'] === true ? 'applied' : 'failed';
}

/** Rows that stand for no file. */
const MARKS: ReadonlySet<unknown> = new Set(['SCHEMA', 'BASELINE']);

function flywayHistory(rows: readonly Row[]): History {
  const baseline = rows.findLast(({ type }) => type === 'BASELINE')?.['version'];
  const recorded = rows.filter(({ type }) => !MARKS.has(type)).map(flywayRecorded);
  return { recorded, baseline: typeof baseline === 'string' ? flywayVersion(baseline) : null };
}

function flywayRecorded({ name, version, type, success, checksum }: Row): Recorded {
  const script = String(name);
  const key = typeof version === 'string' ? `V${flywayVersion(version)}` : script;
  const isUndone = type === 'DELETE' || String(type).startsWith('UNDO');
  const state = success !== true ? 'failed' : isUndone ? 'undone' : 'applied';
  return { key, name: script, state, checksum: typeof checksum === 'number' ? checksum : null };
}
