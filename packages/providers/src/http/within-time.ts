import { Script } from 'node:vm';

const script = new Script('run()');

/**
 * Runs synchronous code for at most `milliseconds`; null where it took longer. Regular expressions of the plan meet texts of
 * another server here, and backtracking over an unlucky text can take hours: only the engine's own interrupt stops it.
 */
export function withinTime<T>(milliseconds: number, run: () => T): { readonly value: T } | null {
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

// The error comes from another realm: it is no instance of this one's Error.
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
