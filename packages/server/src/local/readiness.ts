import { type Clock, StorageError } from '@slipway/engine';
import { storageReason } from '../api/storage-refusal.ts';

/** A database that takes longer to say one is of no use to a person, in milliseconds. */
const ANSWER_TIMEOUT = 2_000;
/** For as long, in milliseconds, an answer holds for whoever asks next: anybody may ask, and asking writes to the disk. */
const HOLDS_FOR = 2_000;

export interface ReadinessPorts {
  /** Whether the data can be written: rejects where they cannot. */
  readonly probe: () => Promise<void>;
  readonly clock: Clock;
  /** Whether it has taken up what was under way: before that nobody here works on a launch, and its predecessor must not be sent away. */
  readonly isOpen: () => boolean;
  /** Aborted when the server ends. */
  readonly stopping: AbortSignal;
}

/** Asks why the server can take no work now; answers in words that tell no path and no secret, or null: it can. */
export function createReadiness({ probe, clock, isOpen, stopping }: ReadinessPorts): () => Promise<string | null> {
  let asked: { readonly answer: Promise<string | null>; freshUntil: number } | null = null;
  const ask = (): Promise<string | null> => {
    if (asked !== null && clock.running() < asked.freshUntil) return asked.answer;
    const asking = { answer: probe().then(() => null, reasonOf), freshUntil: Infinity };
    void asking.answer.then(() => (asking.freshUntil = clock.running() + HOLDS_FOR));
    asked = asking;
    return asking.answer;
  };
  return async () => {
    if (stopping.aborted) return 'the server is stopping';
    return isOpen() ? await inTime(clock, ask()) : 'the server is starting';
  };
}

async function inTime(clock: Clock, answer: Promise<string | null>): Promise<string | null> {
  const over = new AbortController();
  const late = clock.sleep(ANSWER_TIMEOUT, over.signal).then(() => 'the database does not answer');
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof StorageError ? storageReason(error.code) : 'the database refuses';
}
