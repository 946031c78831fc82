import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import type { FlagCounter, FlagExposure, FlagOutcome, FlagVariant } from '../ports/flag-counter.ts';
import { Turns } from '../store/turns.ts';
import { addCounts, beginBatch, countedOf, forgetBatches, readCounts } from './count-statements.ts';
import type { CountRow } from './count-table.ts';
import { Exposures } from './exposures.ts';
import { outcomeRows } from './outcome-rows.ts';
import { RowRoom } from './row-room.ts';

export interface FlagCounterPorts {
  readonly database: Database;
  readonly clock: Clock;
  /** Told of what could not be written and is tried again, and of what is not counted. */
  readonly onError?: (error: unknown, what: string) => void;
}

/** Counts in the database: they belong to it, and no server's end sets them back. */
export function createFlagCounter({ onError = () => {}, ...ports }: FlagCounterPorts): FlagCounter {
  return new Counter({ ...ports, onError });
}

/** Milliseconds in which exposures gather before they are written. */
const GATHER = 1_000;
/** Milliseconds between two looks for reports that are long gone. */
const PRUNE = 600_000;
/** Counts are never reset, whichever server they are read from. */
const BOOT = 'database';

/** Exposures on their way, with the id by which a second try finds out that the first was written. */
interface Unwritten {
  readonly batch: string;
  readonly rows: readonly CountRow[];
}

class Counter implements FlagCounter {
  readonly #ports: Required<FlagCounterPorts>;
  readonly #room: RowRoom;
  readonly #exposures: Exposures;
  readonly #turns = new Turns();
  /** Sets of which the rows in the database are known. */
  readonly #learnt = new Set<string>();
  #unwritten: Unwritten | null = null;
  #cancel: () => void = () => {};
  #prunedAt = -Infinity;
  #isClosed = false;

  constructor(ports: Required<FlagCounterPorts>) {
    this.#ports = ports;
    const what = (set: string): string => `so much is counted of flag set ${set} that nothing new of it is`;
    this.#room = new RowRoom((set) => ports.onError(null, what(set)));
    this.#exposures = new Exposures({
      mayBegin: (key) => this.#room.has(key),
      onFirst: () => this.#writeSoon(),
    });
  }

  exposure(set: string, met: readonly FlagVariant[]): FlagExposure {
    return this.#exposures.of(set, met);
  }

  async report(set: string, batch: string, outcomes: readonly FlagOutcome[]): Promise<boolean> {
    const { database, clock } = this.#ports;
    const now = clock.now();
    const rows = outcomeRows(set, outcomes, now);
    await this.#learn(set);
    const counted = rows.filter((row) => this.#room.has(row));
    // Applications that evaluate by themselves report, and never meet anything here.
    const prunes = this.#isToPrune();
    const isNew = await database.transaction(async (tx) => {
      if (!(await beginBatch(tx, { set, batch }, now))) return false;
      await addCounts(tx, counted);
      if (prunes) await forgetBatches(tx, now);
      return true;
    });
    if (prunes) this.#prunedAt = clock.running();
    return isNew;
  }

  /** Its own are written first: what was read once is in the database, so that no other server ever reads less. */
  async read(set: string, flag: string) {
    const { database, clock } = this.#ports;
    await this.#write();
    return { boot: BOOT, ...(await readCounts(database, { set, flag }, clock.now())) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#write().catch((error: unknown) => {
      this.#ports.onError(error, 'exposures of feature flags could not be written any more, and are not counted');
    });
  }

  #writeSoon(): void {
    this.#cancel();
    if (!this.#isClosed) this.#cancel = this.#ports.clock.after(GATHER, () => void this.#tryToWrite());
  }

  async #tryToWrite(): Promise<void> {
    await this.#write().catch((error: unknown) => {
      this.#ports.onError(error, 'exposures of feature flags are not written yet; it is tried again');
      this.#writeSoon();
    });
  }

  /** One at a time. Rejects where the database does not take them; they are kept. */
  #write(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#unwritten !== null) await this.#writeDown(this.#unwritten);
      const rows = this.#exposures.take();
      if (rows.length === 0) return;
      this.#unwritten = { batch: randomUUID(), rows };
      await this.#writeDown(this.#unwritten);
    });
  }

  async #writeDown({ batch, rows }: Unwritten): Promise<void> {
    const { database, clock } = this.#ports;
    for (const set of new Set(rows.map((row) => row.set))) await this.#learn(set);
    const prunes = this.#isToPrune();
    await database.transaction(async (tx) => {
      if (!(await beginBatch(tx, { set: '', batch }, clock.now()))) return;
      await addCounts(tx, rows);
      if (prunes) await forgetBatches(tx, clock.now());
    });
    if (prunes) this.#prunedAt = clock.running();
    this.#unwritten = null;
  }

  #isToPrune(): boolean {
    return this.#ports.clock.running() - this.#prunedAt >= PRUNE;
  }

  async #learn(set: string): Promise<void> {
    if (this.#learnt.has(set)) return;
    this.#room.learn(await countedOf(this.#ports.database, set));
    this.#learnt.add(set);
  }
}
