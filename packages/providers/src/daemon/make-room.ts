import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess, isAlive, sendSignal } from '@slipway/provider-kit';
import type { Peer } from './daemon-client.ts';
import { callDaemon } from './daemon-client.ts';
import { isLocked } from './daemon-lock.ts';
import type { HelloResult } from './wire.ts';

export interface Room {
  readonly lock: string;
  /** How long it may take to end gracefully, milliseconds; 0: it is not asked to, for that would end what it keeps running. */
  readonly graceMs: number;
}

const pauseMs = 5;

/** Ends a daemon that has just said hello. Never rejects: whoever asked looks again. */
export async function makeRoom(peer: Peer, { pid }: HelloResult, { lock, graceMs }: Room): Promise<void> {
  // Whoever is asked for its pid right now lives; later the number alone might be another one's.
  const started = findProcess(pid)?.started;
  if (started === undefined) return;
  if (graceMs > 0) await askToEnd(peer, lock, graceMs);
  if (isAlive({ pid, started })) sendSignal(pid, 'SIGKILL');
}

async function askToEnd(peer: Peer, lock: string, graceMs: number): Promise<void> {
  const deadline = performance.now() + graceMs;
  const call = { signal: new AbortController().signal, timeoutMs: graceMs };
  // One that another asker has told already does not answer any more: it ends.
  await callDaemon(peer, 'stop', {}, call).catch(() => undefined);
  while (isLocked(lock) && performance.now() < deadline) await sleep(pauseMs);
}
