import type { Writable } from 'node:stream';
import type { Clock } from '@slipway/engine';

/** After as long without reading a client is gone, or keeps our memory busy, in milliseconds. */
export const READ_WITHIN = 60_000;

export interface Patience {
  readonly clock: Clock;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

/** Writes, and waits until the client has read enough to be sent more. false: it is gone, or has not read for READ_WITHIN. */
export async function writeToClient(client: Writable, text: string, { clock, signal }: Patience): Promise<boolean> {
  if (client.destroyed) return false;
  if (client.write(text)) return true;
  const over = new AbortController();
  const read = Promise.withResolvers<boolean>();
  const drained = (): void => read.resolve(true);
  const closed = (): void => read.resolve(false);
  client.once('drain', drained).once('close', closed);
  const late = clock.sleep(READ_WITHIN, AbortSignal.any([signal, over.signal])).then(() => false);
  try {
    return await Promise.race([read.promise, late]);
  } finally {
    over.abort();
    client.off('drain', drained).off('close', closed);
  }
}
