import { createHash, type Hash } from 'node:crypto';
import type { Database, Queryable, SqlValue } from '../ports/database.ts';
import { verifyChain, type WrittenEvent } from '../store/chain.ts';
import { StorageError } from '../store/storage-error.ts';
import { type StateLine, stateLine } from './state-line.ts';

export interface Imported {
  readonly launches: number;
  readonly events: number;
  readonly tokens: number;
}

/** A state that can be read more than once: it is checked from end to end before anything of it is written. */
export type StateSource = () => AsyncIterable<string>;

/**
 * Fills an empty database with an exported state, all or nothing. Rejects with StorageError `damaged` where the state is not whole:
 * cut, changed, of another format, or with a launch whose chain does not hold; `duplicate` where launches are there already.
 */
export async function importState(database: Database, source: StateSource): Promise<Imported> {
  await check(source);
  return await database.transaction(async (tx) => {
    const [row] = await tx.query('select count(*) as launches from launch');
    if (Number(row?.['launches']) > 0) {
      throw new StorageError('duplicate', 'This database has launches already: import into an empty one.');
    }
    // Whoever was there before the import was there to make it.
    await tx.query('delete from token');
    // It is read again, and may have been changed meanwhile.
    return await check(source, async (line) => await insert(tx, line));
  });
}

async function check(
  source: StateSource,
  then: (line: StateLine) => Promise<void> = async () => {},
): Promise<Imported> {
  const checking = new Checking();
  for await (const text of source()) await then(checking.take(text));
  return checking.finish();
}

interface OpenLaunch {
  readonly id: string;
  readonly version: number;
  readonly events: WrittenEvent[];
}

class Checking {
  readonly #digest: Hash = createHash('sha256');
  #lines = 0;
  #launch: OpenLaunch | null = null;
  #ended = false;
  #counts = { launches: 0, events: 0, tokens: 0 };

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
    if ('event' in line) this.#event(line.event, number);
    else this.#closeLaunch();
    if ('token' in line) this.#counts.tokens += 1;
    if (!('launch' in line)) return;
    const { id, version } = line.launch;
    this.#counts.launches += 1;
    this.#launch = { id, version, events: [] };
  }

  #event(event: Extract<StateLine, { event: unknown }>['event'], number: number): void {
    const { launch, seq, at, actor, payload, previous, hash } = event;
    if (this.#launch?.id !== launch) throw damaged(number, `is an event of ${launch}, which is not told of here`);
    this.#counts.events += 1;
    this.#launch.events.push({
      seq,
      at,
      actor: json(actor, number),
      event: json(payload, number),
      previous,
      hash,
    });
  }

  #closeLaunch(): void {
    const launch = this.#launch;
    this.#launch = null;
    if (launch === null) return;
    const chain = verifyChain(launch.id, launch.events);
    if (!chain.ok) throw new StorageError('damaged', `The state is not whole: ${chain.problem}`);
    if (chain.head.seq !== launch.version) {
      const message = `The state is not whole: ${launch.id} ends with event ${chain.head.seq}, but its newest was event ${launch.version}.`;
      throw new StorageError('damaged', message);
    }
  }

  #end({ lines, sha256 }: { readonly lines: number; readonly sha256: string }): void {
    this.#closeLaunch();
    this.#ended = true;
    if (lines !== this.#lines || sha256 !== this.#digest.digest('hex'))
      throw new StorageError('damaged', 'The state is not whole: it is not as it was exported.');
  }
}

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
  if ('token' in line) await insertRow(tx, 'token', line.token);
  else if ('launch' in line) await insertRow(tx, 'launch', line.launch);
  else if ('event' in line) await insertRow(tx, 'event', line.event);
  else if ('lease' in line) await insertRow(tx, 'lease', line.lease);
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
