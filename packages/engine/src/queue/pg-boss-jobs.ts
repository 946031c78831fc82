import { randomUUID } from 'node:crypto';
import { type ConstructorOptions, type Db, type JobAttempt, PgBoss } from 'pg-boss';
import type { Queryable, SqlValue } from '../ports/database.ts';
import { explainPostgres } from '../store/postgres/explain-postgres.ts';
import { postgresAddress } from '../store/postgres/postgres-address.ts';
import { StorageError } from '../store/storage-error.ts';

/** A wake-up that this process has taken; others leave it alone for as long as it is kept. */
export interface Claim extends JobAttempt {
  readonly work: string;
}

/** That a work is delivered in so many milliseconds. */
export interface Wish {
  readonly work: string;
  readonly ms: number;
}

export interface PgBossOptions {
  /** The schema of pg-boss' own tables; made where there is none. */
  readonly queueSchema?: string;
  /** For tests: pg-boss' virtual time. */
  readonly virtualTime?: NonNullable<ConstructorOptions['clock']>;
}

export const QUEUE_SCHEMA = 'slipway_queue';
const QUEUE = 'work';
/** One waiting, one resting and one taken for each work; the last is what keeps the same id from being handled twice at once. */
const POLICY = 'stately';
/** Seconds without a sign of life after which another process may take the work: pg-boss' least. */
const HEARTBEAT = 10;
/** Milliseconds between two signs of life. */
export const BEAT = 3_000;
/** Seconds until work whose handler rejected is there again. What a dead process had taken does not wait that long. */
export const REST = 1;
/** Seconds; an observation may take days, and nothing that waits is ever thrown away. */
const TEN_YEARS = 315_360_000;
/** Two are enough but for a race within a race. */
const WAKE_TRIES = 10;
const ALWAYS = 2_147_483_647;
const JOB = {
  heartbeatSeconds: HEARTBEAT,
  retryLimit: ALWAYS,
  retryDelay: 0,
  expireInSeconds: TEN_YEARS,
  retentionSeconds: TEN_YEARS,
} as const;

/** pg-boss keeps who has taken what, until when, and gives back what the dead had taken. What is wanted stands in our own table. */
export class PgBossJobs {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** Rejects with StorageError when the database cannot be used. `onError`: what pg-boss tries again by itself. */
  static async open(url: string, options: PgBossOptions, onError: (error: unknown) => void): Promise<PgBossJobs> {
    const address = postgresAddress(url);
    const { queueSchema = QUEUE_SCHEMA, virtualTime } = options;
    const boss = new PgBoss({
      connectionString: url,
      // A pool of its own: signs of life must not wait behind anything.
      max: 4,
      schema: queueSchema,
      schedule: false,
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 1,
      warningQueueSize: 1_000_000,
      registerInstance: false,
      openTelemetry: { enabled: false },
      ...(virtualTime === undefined ? {} : { clock: virtualTime }),
    });
    boss.on('error', (error) => onError(explainPostgres(error, address)));
    try {
      await boss.start();
      await boss.createQueue(QUEUE, { policy: POLICY });
      return new PgBossJobs(boss);
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {});
      throw explainPostgres(error, address);
    }
  }

  /** Has each work delivered in so many milliseconds; an earlier wish that still waits is moved. Each id once, and in the same order as everybody else. */
  async wake(tx: Queryable | null, wishes: readonly Wish[]): Promise<void> {
    let left = wishes;
    // Neither to insert nor to move: somebody else was quicker with theirs, and it has been taken since.
    for (let tries = 0; tries < WAKE_TRIES && left.length > 0; tries += 1) {
      const waiting = await this.#insert(tx, left);
      const moved = new Set<Wish>();
      for (const wish of waiting) if (await this.#move(tx, wish)) moved.add(wish);
      left = waiting.filter((wish) => !moved.has(wish));
    }
    if (left.length === 0) return;
    throw new Error(`work ${left[0]?.work} could not be enqueued: others enqueue and take it all the time`);
  }

  /** Gives those that wait already. */
  async #insert(tx: Queryable | null, wishes: readonly Wish[]): Promise<readonly Wish[]> {
    const jobs = wishes.map(({ work, ms }) => ({
      ...JOB,
      id: randomUUID(),
      singletonKey: work,
      data: { work },
      ...startIn(ms),
    }));
    const inserted = new Set(await this.#boss.insert(QUEUE, jobs, { returnId: true, ...through(tx) }));
    return wishes.filter((_, index) => !inserted.has(jobs[index]?.id ?? ''));
  }

  async #move(tx: Queryable | null, { work, ms }: Wish): Promise<boolean> {
    const move = { singletonKey: work, match: 'all', ...startIn(ms), ...through(tx) } as const;
    return (await this.#boss.update(QUEUE, undefined, move)).updated > 0;
  }

  /** Takes at most so many of what is due. */
  async take(database: Queryable, most: number): Promise<readonly Claim[]> {
    const options = { batchSize: most, ...through(database) };
    const jobs = await this.#boss.fetch<{ work: string }>(QUEUE, options).catch((error: unknown) => {
      // Another process was quicker with the same one: a look later there is no more doubt.
      if (error instanceof StorageError && error.code === 'duplicate') return [];
      throw error;
    });
    return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, work: data.work }));
  }

  /** A sign of life for what is kept; gives what is not ours any more. */
  async beat(claims: readonly Claim[]): Promise<readonly Claim[]> {
    if (claims.length === 0) return [];
    // Said by pg-boss beside what its types promise; where it is not, nobody is told that a claim is lost.
    const { settled }: { readonly settled?: unknown } = await this.#boss.touch(QUEUE, [...claims]);
    if (!Array.isArray(settled)) throw new Error('the queue does not say which claims still hold');
    const kept = new Set<unknown>(settled);
    return claims.filter(({ id }) => !kept.has(id));
  }

  /** Handled. What has been taken over by another process in the meantime stays theirs; so in all of the below. */
  async finish(database: Queryable, claims: readonly Claim[]): Promise<void> {
    await this.#boss.deleteJob(QUEUE, [...claims], through(database));
  }

  /** Not handled: anybody may take it, at once. */
  async giveBack(claims: readonly JobAttempt[]): Promise<void> {
    await this.#boss.fail(QUEUE, [...claims]);
  }

  /** Not handled: anybody may take it, after a second. */
  async rest(tx: Queryable, claim: Claim): Promise<void> {
    const db = through(tx);
    await this.#boss.fail(QUEUE, claim, null, db);
    await this.#boss.update(QUEUE, undefined, { id: claim.id, startAfter: REST, ...db });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

/** Counted from the database's time, so that clocks which differ do not matter. */
function startIn(ms: number): { readonly startAfter: string } {
  return { startAfter: (Math.max(ms, 0) / 1_000).toFixed(3) };
}

/** pg-boss' statements inside of our transaction, or on our connections: there they are planned once. Its values are its own business: they only pass through. */
function through(tx: Queryable | null): { readonly db?: Db } {
  if (tx === null) return {};
  const executeSql: Db['executeSql'] = async (sql, values = []) => ({
    rows: [...(await tx.query(sql, values as readonly SqlValue[]))],
  });
  return { db: { executeSql } };
}
