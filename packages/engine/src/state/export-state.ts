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

/**
 * The whole state as lines of JSON, each with its line break, for importState. `now` in epoch ms. A launch is told up to the event
 * that was its newest when the export began, so a server that goes on meanwhile does not tear it.
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

type Line = Readonly<Record<string, Readonly<Record<string, SqlValue>>>>;

async function* linesOf(database: Database, now: number): AsyncGenerator<Line> {
  yield { slipway: { format: STATE_FORMAT, exportedAt: now } };
  const launches = await database.query(LAUNCHES);
  for (const token of await database.query(TOKENS)) yield line('token', token);
  for (const launch of launches) {
    yield line('launch', launch);
    yield* eventsOf(database, launch);
  }
  for (const lease of await database.query(LEASES)) yield line('lease', lease);
}

async function* eventsOf(database: Database, { id, version }: SqlRow): AsyncGenerator<Line> {
  let last = 0;
  for (;;) {
    const rows = await database.query(EVENTS, [id ?? null, last, version ?? 0]);
    for (const row of rows) yield line('event', row);
    if (rows.length < PAGE) return;
    last = Number(rows.at(-1)?.['seq']);
  }
}

/** Rows come in the columns of their statement; importState checks every one of them. */
function line(kind: 'token' | 'launch' | 'event' | 'lease', row: SqlRow): Line {
  return { [kind]: { ...row } };
}
