import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { reasonOf, TerminalError } from '@slipway/provider-kit';
import type { RehearsalOrder } from '@slipway/rehearsal';
import type { RehearsalSummary } from './rehearsal-summary.ts';

/** Megabytes of a rehearsal's own memory: enough for plans of hundreds of scenarios, and not the server's. */
const MEMORY = 1_024;

const WORKER = new URL('./rehearsal-worker.ts', import.meta.url);

/** Rehearses in a thread of its own, which ends with the signal. Rejects with the signal's reason or TerminalError. */
export async function runInWorker(
  order: RehearsalOrder,
  signal: AbortSignal,
  file: URL = WORKER,
): Promise<RehearsalSummary> {
  signal.throwIfAborted();
  // No environment: a plan that is rehearsed reads no secret.
  const worker = new Worker(file, {
    workerData: order,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  try {
    return await answerOf(worker, signal);
  } finally {
    await worker.terminate();
  }
}

async function answerOf(worker: Worker, signal: AbortSignal): Promise<RehearsalSummary> {
  const settled = new AbortController();
  const either = { signal: AbortSignal.any([signal, settled.signal]) };
  try {
    const ended = once(worker, 'exit', either).then(() => {
      throw new TerminalError('the rehearsal ended without an answer');
    });
    const [summary] = (await Promise.race([once(worker, 'message', either), ended])) as [RehearsalSummary];
    return summary;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof TerminalError ? error : brokenOff(error);
  } finally {
    settled.abort();
  }
}

function brokenOff(error: unknown): TerminalError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const why = code === 'ERR_WORKER_OUT_OF_MEMORY' ? `it needs more than ${MEMORY} MB of memory` : reasonOf(error);
  return new TerminalError(`the plan could not be rehearsed: ${why}; try it with slipway rehearse`, { cause: error });
}
