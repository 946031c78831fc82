import { randomUUID } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Database } from '../ports/database.ts';
import type { Handle, Work } from '../ports/work-queue.ts';
import type { Delivery } from './delivery.ts';
import { Gathered } from './gathered.ts';
import { type Claim, type PgBossJobs, REST } from './pg-boss-jobs.ts';
import { readAndHold } from './liveness-holders.ts';
import { UnderWay } from './under-way.ts';
import { claimOf, readCarried, readWork, type StampedWork, takeOverWork } from './work-table.ts';

export interface DeliveryPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: PgBossJobs;
  readonly onError: (error: unknown, work: Work | null) => void;
  /** What to note of a claim that was taken just now; null: nothing. */
  readonly holderOf: (claim: Claim) => string | null;
  readonly isStopping: () => boolean;
  /** Called when one has ended. `again`: because of that there may be something to take. */
  readonly onEnded: (again: boolean) => void;
}

/** A handler that knows whether its claim is lost. */
type Bound = (work: Work) => Promise<void>;

interface Kept {
  readonly delivery: Promise<void>;
  readonly lost: AbortController;
  /** See Noted. */
  readonly holder: string | null;
}

/** `holder`: as the table has it; null: there is nothing. */
interface Noted extends Claim {
  readonly holder: string | null;
}

/** Milliseconds after a due time at which to look: it counts from the moment at which the database stored it. */
export const LATE = 25;

/** What this process has taken, from the claim to its end. */
export class PgBossDeliveries {
  readonly underWay = new UnderWay();
  /** Handled without being completed: whose stamp is still this. */
  readonly left = new Map<string, string>();
  readonly #ports: DeliveryPorts;
  /** Being handled or about to be. */
  readonly #claims = new Map<Claim, Kept>();
  /** The newest delivery under each claim's name. */
  readonly #newest = new Map<string, Promise<void>>();
  readonly #finishing: Gathered<Claim>;

  constructor(ports: DeliveryPorts) {
    this.#ports = ports;
    this.#finishing = new Gathered((claims) => ports.jobs.finish(ports.database, claims));
  }

  get size(): number {
    return this.#claims.size;
  }

  claims(): readonly Claim[] {
    return [...this.#claims.keys()];
  }

  /** Another process has it now. */
  lose(claim: Claim): void {
    this.#claims.get(claim)?.lost.abort();
  }

  /** Others take what is noted of this process. */
  loseNoted(): void {
    for (const { holder, lost } of this.#claims.values()) if (holder !== null) lost.abort();
  }

  async ended(): Promise<void> {
    await Promise.all([...this.#claims.values()].map(({ delivery }) => delivery));
  }

  take(claims: readonly Claim[], handle: Handle): void {
    const taken = claims.map((claim) => ({ ...claim, holder: this.#ports.holderOf(claim) }));
    const found = this.#read(taken.filter(({ retryCount }) => retryCount === 0));
    // Told of by each delivery; those that wait for an earlier one read for themselves.
    found.catch(() => null);
    for (const claim of taken) this.#keep(claim, handle, claim.retryCount === 0 ? () => found : null);
  }

  #keep(claim: Noted, handle: Handle, found: (() => Promise<readonly StampedWork[]>) | null): void {
    const lost = new AbortController();
    const bound: Bound = (work) => handle(work, lost.signal);
    // Taken from this process while it stood still, and by it again: the same id, one after the other all the same.
    const earlier = this.#newest.get(claim.work);
    const read = (earlier === undefined ? found : null) ?? (() => this.#readAnew(claim));
    const delivery = Promise.resolve(earlier)
      .then(async () => await this.#deliver(claim, { bound, rows: await read() }))
      .catch((error: unknown) => {
        this.#ports.onError(error, null);
        return true;
      })
      .then((again) => {
        this.#claims.delete(claim);
        if (this.#newest.get(claim.work) === delivery) this.#newest.delete(claim.work);
        this.#ports.onEnded(again);
      });
    this.#claims.set(claim, { delivery, lost, holder: claim.holder });
    this.#newest.set(claim.work, delivery);
  }

  async #read(claims: readonly Noted[]): Promise<readonly StampedWork[]> {
    const { database } = this.#ports;
    const names = claims.map(({ work }) => work);
    const rows = await readAndHold(database, claims);
    const found = new Set(rows.map(claimOf));
    const bare = names.filter((name) => !found.has(name));
    return bare.length === 0 ? rows : [...rows, ...(await readCarried(database, bare))];
  }

  /** Whoever had the claim before may not know yet that it is lost: from now on it cannot go on with anything. */
  async #readAnew(claim: Noted): Promise<readonly StampedWork[]> {
    const { database } = this.#ports;
    const rows = await takeOverWork(database, claim.work, { stamp: randomUUID(), holder: claim.holder });
    return rows.length > 0 ? rows : await this.#read([claim]);
  }

  /** Resolves with whether there may be something to take because it has ended. */
  async #deliver(
    claim: Noted,
    { bound, rows }: { readonly bound: Bound; readonly rows: readonly StampedWork[] },
  ): Promise<boolean> {
    const { clock, jobs, isStopping } = this.#ports;
    if (isStopping()) {
      await jobs.giveBack([claim]);
      return false;
    }
    const row = rows.find((each) => claimOf(each) === claim.work);
    if (row !== undefined && row.dueAt <= clock.now()) return await this.#handOut(claim, row, bound);
    // Moved since, or this process' clock is behind the one that enqueued it; or it is carried by another claim than its own.
    const elsewhere = row ?? rows.find(({ id }) => id === claim.work);
    if (elsewhere !== undefined)
      await jobs.wake(null, [{ work: claimOf(elsewhere), ms: elsewhere.dueAt - clock.now() }]);
    await this.#finishing.add(claim);
    return true;
  }

  async #handOut(claim: Noted, row: StampedWork, bound: Bound): Promise<boolean> {
    const { id, launch, effect, dueAt, stamp } = row;
    const delivery = this.underWay.begin(claim.work);
    this.underWay.at(delivery, id, stamp);
    try {
      if (!(await this.#handled({ id, launch, effect, dueAt }, bound))) return await this.#putToRest(claim);
      const again = await this.#isWantedAgain(delivery);
      // Lost, and perhaps taken by nobody yet: it may be left undone, so it is not over.
      if (this.#claims.get(claim)?.lost.signal.aborted === true) await this.#ports.jobs.giveBack([claim]);
      else await this.#finishing.add(claim);
      return again;
    } finally {
      this.underWay.end(delivery);
    }
  }

  async #handled(work: Work, handle: Bound): Promise<boolean> {
    try {
      await handle(work);
      return true;
    } catch (error) {
      this.#ports.onError(error, work);
      return false;
    }
  }

  async #putToRest(claim: Claim): Promise<true> {
    const { database, clock, jobs, onEnded } = this.#ports;
    await database.transaction(async (tx) => await jobs.rest(tx, claim));
    clock.after(REST * 1_000 + LATE, () => onEnded(true));
    return true;
  }

  /** Whether what it was at was enqueued again while it was handled. Notes what was left as it was. */
  async #isWantedAgain(delivery: Delivery): Promise<boolean> {
    for (const id of delivery.ids()) this.left.delete(id);
    // Should that transaction have failed, and its handler not, the work stands in the table until the next start: no handler does so.
    const open = delivery.open();
    if (open.size === 0) return false;
    const rows = await readWork(this.#ports.database, [...open.keys()]);
    for (const { id, stamp } of rows) if (open.get(id) === stamp) this.left.set(id, stamp);
    return rows.some(({ id, stamp }) => open.get(id) !== stamp);
  }
}
