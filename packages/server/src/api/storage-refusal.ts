import type { StorageError, StorageProblem } from '@slipway/engine';
import { Refusal } from './refusal.ts';

/** The error itself names files of the server's machine: it stands in the log alone. */
export function storageRefusal(error: StorageError): Refusal {
  const message = `${storageReason(error.code)}; the server's log says more`;
  return new Refusal(503, { code: 'unavailable', message });
}

/** What is wrong with the data and what to do, without a path. */
export function storageReason(problem: StorageProblem): string {
  return REASONS[problem];
}

/** Whether it is one launch that cannot be read, rather than the data as a whole. */
export function isOfOneLog(problem: StorageProblem): boolean {
  return problem === 'damaged' || problem === 'unknown-event';
}

const REASONS: Readonly<Record<StorageProblem, string>> = {
  'read-only': "the server's data cannot be written: give its user write permission",
  full: "the disk of the server's data is full: free some space",
  'not-a-database': "the server's data are not Slipway's",
  'newer-schema': "the server's data are of a newer Slipway: start that version",
  damaged: "the server's data are damaged: restore the data folder from a backup",
  'unknown-event': "the server's data hold an event of a newer Slipway: start that version",
  'cannot-open': "the server's data cannot be opened",
  'in-use': "the server's data are in use by another program: try again",
  duplicate: 'the same was stored a moment ago: look again, then try again',
  'input-output':
    "the server's data could not be read or written: check its disk, and whether its file system takes changes",
  closed: 'the server is stopping: try again when it runs',
};

/** All that can be wrong. */
export const STORAGE_PROBLEMS: readonly string[] = Object.keys(REASONS);
