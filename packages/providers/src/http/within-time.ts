import { Script } from 'node:vm';

const script = new Script('run()');

/** On a machine that has no time for this process the clock goes on and the code does not: then it gets so many times as long. */
const LONGER = 8;

/**
 * Runs synchronous code for at most `milliseconds` of the processor's time; null where it took longer. Regular expressions of the plan meet
 * texts of another server here, and backtracking over an unlucky text can take hours: only the engine's own interrupt stops it, and that
 * one goes by the clock. What it stopped before its time was over is run again, so it must be code that may be.
 */
export function withinTime<T>(milliseconds: number, run: () => T): { readonly value: T } | null {
  const before = spent();
  const first = byTheClock(milliseconds, run);
  const isStarved = first === null && spent() - before < milliseconds / 2;
  return isStarved ? byTheClock(LONGER * milliseconds, run) : first;
}

function byTheClock<T>(milliseconds: number, run: () => T): { readonly value: T } | null {
  const kept: { result: { readonly value: T } | null } = { result: null };
  const keep = (): void => {
    kept.result = { value: run() };
  };
  try {
    script.runInNewContext({ run: keep }, { timeout: milliseconds });
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
  return kept.result;
}

/** Milliseconds of the processor's time that this thread has had. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

// The error comes from another realm: it is no instance of this one's Error.
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
