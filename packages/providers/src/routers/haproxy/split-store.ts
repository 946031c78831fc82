import { z } from 'zod';
import { EnvironmentStore } from '../environment-store.ts';
import { idleSeconds } from './runtime-api.ts';
import type { StoredSplit } from './stored-split.ts';
import { nothingStored, storedSplit } from './stored-split.ts';

/** Requests that each server was last seen to have counted: fewer mean that somebody set the counters back. */
type Seen = Readonly<Record<string, number>>;

/** How long a worker may begin to send commands. */
const changingMs = 3_000;
/**
 * Longer than a worker may send and HAProxy would listen to it. So the commands of a worker that stalled, however late it goes on,
 * are never carried out after those of the next one.
 */
const leaseMs = changingMs + idleSeconds * 1_000 + 1_000;

/** What is kept of each environment, in a file that survives Slipway and HAProxy. */
export class SplitStore extends EnvironmentStore<StoredSplit, Seen> {
  constructor(dataDirectory: string) {
    super(dataDirectory, { stored: storedSplit, seen: z.record(z.string(), z.number()), changingMs, leaseMs });
  }
}

export function storedOrNothing(store: SplitStore, environment: string): StoredSplit {
  return store.read(environment) ?? nothingStored;
}
