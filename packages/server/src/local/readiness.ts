import type { Clock, Database } from '@slipway/engine';

/** A database that takes longer to say one is of no use to a person, in milliseconds. */
const ANSWER_TIMEOUT = 2_000;

export interface ReadinessPorts {
  readonly database: Pick<Database, 'query'>;
  readonly clock: Clock;
  /** Aborted when the server ends. */
  readonly stopping: AbortSignal;
}

/** Why the server can take no work now, in words that tell no path and no secret; null: it can. */
export async function unreadiness({ database, clock, stopping }: ReadinessPorts): Promise<string | null> {
  if (stopping.aborted) return 'the server is stopping';
  const over = new AbortController();
  const answer = database.query('select 1 as one').then(
    () => null,
    () => 'the database refuses',
  );
  const late = clock.sleep(ANSWER_TIMEOUT, over.signal).then(() => 'the database does not answer');
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}
