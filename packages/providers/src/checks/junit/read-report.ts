import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ReadReport } from './read-tests.ts';
import { readTests } from './read-tests.ts';
import type { Report } from './report.ts';

/** In characters. To begin a thread takes longer than to read so little. */
const SMALL = 100_000;
const TIMEOUT_MS = 30_000;
/** Ten megabytes of XML become some hundred of objects; the server's own memory is not theirs to take. */
const resourceLimits = { maxOldGenerationSizeMb: 512 };

/** Reads a report; a large one in a thread of its own, as the server would do nothing else for seconds. Rejects on abort only. */
export async function readReport(report: Report, signal: AbortSignal, timeoutMs = TIMEOUT_MS): Promise<ReadReport> {
  signal.throwIfAborted();
  if (report.text.length <= SMALL) return readTests(report);
  const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), { workerData: report, resourceLimits });
  // Besides the one below, which goes with the first event: without a listener a late error would end the process.
  thread.on('error', () => undefined);
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const [read] = (await once(thread, 'message', { signal: either })) as [ReadReport];
    return read;
  } catch {
    signal.throwIfAborted();
    return { name: report.name, problem: 'takes too long, or too much memory, to read: split it' };
  } finally {
    await thread.terminate();
  }
}
