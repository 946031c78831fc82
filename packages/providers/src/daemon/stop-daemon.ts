import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '@slipway/provider-kit';
import type { Peer } from './daemon-client.ts';
import { callDaemon } from './daemon-client.ts';
import type { DaemonAddress } from './daemon-files.ts';
import { filesOf } from './daemon-files.ts';
import { isLocked } from './daemon-lock.ts';
import { readRecord } from './daemon-record.ts';

export interface StopOptions extends DaemonAddress {
  /** How long its graceful end may take, milliseconds. */
  readonly timeoutMs: number;
}

const pauseMs = 20;

/**
 * Asks the daemon, of whatever version, to end, and resolves when none runs. Idempotent.
 * Throws RetryableError when it still lives after `timeoutMs`.
 */
export async function stopDaemon(options: StopOptions): Promise<void> {
  const files = filesOf(options);
  const deadline = performance.now() + options.timeoutMs;
  let asked: number | null = null;
  while (isLocked(files.lock)) {
    const record = await readRecord(files.record);
    // By start time: another one may have come up in between.
    if (record !== null && record.startedAt !== asked) {
      const heard = await ask({ socket: record.socket, name: options.name, version: record.version });
      if (heard) asked = record.startedAt;
    }
    if (performance.now() >= deadline) {
      throw new RetryableError(`The daemon ${options.name} still runs after ${options.timeoutMs} ms: see ${files.log}`);
    }
    await sleep(pauseMs);
  }
}

/** False when it did not hear: it may just be starting, so it is asked again. */
async function ask(peer: Peer): Promise<boolean> {
  try {
    await callDaemon(peer, 'stop', {}, { signal: new AbortController().signal, timeoutMs: 5_000 });
    return true;
  } catch (thrown) {
    if (thrown instanceof RetryableError) return false;
    throw thrown;
  }
}
