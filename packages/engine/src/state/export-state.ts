import { createHash } from 'node:crypto';
import type { Database, SqlRow, SqlValue } from '../ports/database.ts';
import { STATE_FORMAT, type StateLine } from './state-line.ts';

/** Events that are read at once. */
const PAGE = 1_000;

const TOKENS = 'select id, hash, person, role, created_at from token order by created_at, id';
const LAUNCHES = 'select id, name, version, active, started_at from launch order by started_at, id';
const LEASES = 'select environment, launch, expires_at from lease order by environment';
const EVENTS = `select launch, seq, type, at, actor, payload, previous, hash from event
  where launch = ?1 and seq > ?2 and seq <= ?3 order by seq limit ${PAGE}`;
const FLAG_KEYS = 'select id, hash, set_name, kind, created_by, created_at from flag_key order by created_at, id';
const FLAG_SETS = 'select name, version from flag_set order by name';
const FLAG_EVENTS = `select set_name, seq, flag, at, actor, payload, previous, hash from flag_event
  where set_name = ?1 and seq > ?2 and seq <= ?3 order by seq limit ${PAGE}`;
const FLAG_COUNTS = `select set_name, flag, outcome, variant, good, bad, first_bad_at from flag_count
  order by set_name, flag, outcome, variant`;

/**
 * The whole state as lines of JSON, each with its line break, for importState. `now` in epoch ms. A launch, and a flag set, is told up
 * to the event that was its newest when its kind was begun with, so a server that goes on meanwhile does not tear it.
 */
export async function* exportState(database: Database, now: number): AsyncGenerator<string> {
  const digest = createHash('sha256');
  let lines = 0;
  for await (const line of linesOf(database, now)) {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    lines += 1;
    yield text;
  }
  const end: StateLine = { end: { lines, sha256: digest.digest('hex') } };
  yield `${JSON.stringify(end)}\n`;
}

type Kind = 'token' | 'launch' | 'event' | 'lease' | 'flag_key' | 'flag_set' | 'flag_event' | 'flag_count';
type Line = Readonly<Record<string, Readonly<Record<string, SqlValue>>>>;

async function* linesOf(database: Database, now: number): AsyncGenerator<Line> {
  yield { slipway: { format: STATE_FORMAT, exportedAt: now } };
  const launches = await database.query(LAUNCHES);
  for (const token of await database.query(TOKENS)) yield line('token', token);
  for (const launch of launches) {
    yield line('launch', launch);
    for await (const event of eventsOf(database, EVENTS, launch)) yield line('event', event);
  }
  for (const lease of await database.query(LEASES)) yield line('lease', lease);
  yield* flagLinesOf(database);
}

async function* flagLinesOf(database: Database): AsyncGenerator<Line> {
  for (const key of await database.query(FLAG_KEYS)) yield line('flag_key', key);
  for (const set of await database.query(FLAG_SETS)) {
    yield line('flag_set', set);
    for await (const event of eventsOf(database, FLAG_EVENTS, set)) yield line('flag_event', event);
  }
  for (const count of await database.query(FLAG_COUNTS)) yield line('flag_count', count);
}

/** Of a launch, or of a flag set. */
async function* eventsOf(database: Database, sql: string, log: SqlRow): AsyncGenerator<SqlRow> {
  let last = 0;
  for (;;) {
    const rows = await database.query(sql, [log['id'] ?? log['name'] ?? null, last, log['version'] ?? 0]);
    yield* rows;
    if (rows.length < PAGE) return;
    last = Number(rows.at(-1)?.['seq']);
  }
}

/** Rows come in the columns of their statement; importState checks every one of them. */
function line(kind: Kind, row: SqlRow): Line {
  return { [kind]: { ...row } };
}
