import { createHash, type Hash } from 'node:crypto';
import type { Database, Queryable, SqlValue } from '../ports/database.ts';
import { type LogOf, nameOf, verifyLinks, type WrittenEvent } from '../store/links.ts';
import { StorageError } from '../store/storage-error.ts';
import { type StateLine, stateLine } from './state-line.ts';

export interface Imported {
  readonly launches: number;
  readonly events: number;
  readonly tokens: number;
  readonly flagSets: number;
}

/** A state that can be read more than once: it is checked from end to end before anything of it is written. */
export type StateSource = () => AsyncIterable<string>;

/**
 * Fills an empty database with an exported state, all or nothing. Rejects with StorageError `damaged` where the state is not whole:
 * cut, changed, of another format, or with a launch or flag set whose chain does not hold; `duplicate` where some are there already.
 */
export async function importState(database: Database, source: StateSource): Promise<Imported> {
  await check(source);
  return await database.transaction(async (tx) => {
    await refuseFilled(tx);
    // Whoever was there before the import was there to make it.
    for (const table of ['token', 'flag_key', 'flag_count']) await tx.query(`delete from ${table}`);
    // It is read again, and may have been changed meanwhile.
    return await check(source, async (line) => await insert(tx, line));
  });
}

async function refuseFilled(tx: Queryable): Promise<void> {
  for (const [table, what] of [
    ['launch', 'launches'],
    ['flag_set', 'flag sets'],
  ]) {
    const [row] = await tx.query(`select count(*) as logs from ${table}`);
    if (Number(row?.['logs']) > 0)
      throw new StorageError('duplicate', `This database has ${what} already: import into an empty one.`);
  }
}

async function check(
  source: StateSource,
  then: (line: StateLine) => Promise<void> = async () => {},
): Promise<Imported> {
  const checking = new Checking();
  for await (const text of source()) await then(checking.take(text));
  return checking.finish();
}

/** The log of a launch or a flag set, of which more events may come. */
interface OpenLog {
  readonly of: LogOf;
  readonly version: number;
  readonly events: WrittenEvent[];
}

class Checking {
  readonly #digest: Hash = createHash('sha256');
  #lines = 0;
  #log: OpenLog | null = null;
  #ended = false;
  #counts = { launches: 0, events: 0, tokens: 0, flagSets: 0 };

  take(text: string): StateLine {
    const number = this.#lines + 1;
    if (this.#ended) throw damaged(number, 'stands behind the end');
    const line = parse(text, number);
    if ('slipway' in line !== (number === 1)) throw damaged(number, 'is not what an exported state begins with');
    if ('end' in line) this.#end(line.end);
    else this.#line(line, { text, number });
    return line;
  }

  finish(): Imported {
    if (!this.#ended) throw damaged(this.#lines + 1, 'is missing: the state was cut off');
    return this.#counts;
  }

  #line(line: StateLine, { text, number }: { readonly text: string; readonly number: number }): void {
    this.#digest.update(`${text}\n`);
    this.#lines = number;
    if ('event' in line) {
      this.#event({ launch: line.event.launch }, line.event, number);
      this.#counts.events += 1;
    } else if ('flag_event' in line) this.#event({ set: line.flag_event.set_name }, line.flag_event, number);
    else this.#closeLog();
    if ('token' in line) this.#counts.tokens += 1;
    if ('launch' in line) {
      this.#counts.launches += 1;
      this.#log = { of: { launch: line.launch.id }, version: line.launch.version, events: [] };
    }
    if ('flag_set' in line) {
      this.#counts.flagSets += 1;
      this.#log = { of: { set: line.flag_set.name }, version: line.flag_set.version, events: [] };
    }
  }

  #event(of: LogOf, event: WrittenText, number: number): void {
    const log = this.#log;
    if (log === null || nameOf(log.of) !== nameOf(of))
      throw damaged(number, `is an event of ${nameOf(of)}, which is not told of here`);
    const { seq, at, actor, payload, previous, hash } = event;
    log.events.push({ seq, at, actor: json(actor, number), event: json(payload, number), previous, hash });
  }

  #closeLog(): void {
    const log = this.#log;
    this.#log = null;
    if (log === null) return;
    const chain = verifyLinks(log.of, log.events);
    if (!chain.ok) throw new StorageError('damaged', `The state is not whole: ${chain.problem}`);
    if (chain.head.seq !== log.version) {
      const message = `The state is not whole: ${nameOf(log.of)} ends with event ${chain.head.seq}, but its newest was event ${log.version}.`;
      throw new StorageError('damaged', message);
    }
  }

  #end({ lines, sha256 }: { readonly lines: number; readonly sha256: string }): void {
    this.#closeLog();
    this.#ended = true;
    if (lines !== this.#lines || sha256 !== this.#digest.digest('hex'))
      throw new StorageError('damaged', 'The state is not whole: it is not as it was exported.');
  }
}

type WrittenText = Pick<
  Extract<StateLine, { event: unknown }>['event'],
  'seq' | 'at' | 'actor' | 'payload' | 'previous' | 'hash'
>;

function parse(text: string, number: number): StateLine {
  const parsed = stateLine.safeParse(json(text, number));
  if (!parsed.success) throw damaged(number, 'is none of an exported state that this version knows');
  return parsed.data;
}

function json(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(number, 'is not JSON');
  }
}

function damaged(number: number, what: string): StorageError {
  return new StorageError('damaged', `The state is not whole: line ${number} ${what}.`);
}

async function insert(tx: Queryable, line: StateLine): Promise<void> {
  if ('slipway' in line || 'end' in line) return;
  for (const [table, row] of Object.entries(line)) await insertRow(tx, table, row);
}

/** Names of tables and columns are those of stateLine, not of the file. */
async function insertRow(tx: Queryable, table: string, row: Readonly<Record<string, SqlValue>>): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `?${index + 1}`);
  await tx.query(
    `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    columns.map((column) => row[column] ?? null),
  );
}
