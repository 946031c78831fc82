import { readFileSync } from 'node:fs';
import type { ProcessEntry } from '@slipway/provider-kit';
import { findProcess, isAlive, listProcesses } from '@slipway/provider-kit';

/** Every nginx worker of this machine that this user can see. */
export function findWorkers(): readonly ProcessEntry[] {
  return listProcesses().filter(({ pid }) => isWorker(titleOf(pid)));
}

/**
 * Whether one of the workers of `before` still takes connections beside the one that answers now. `unknown` where the operating system
 * does not show them, as with an nginx in a container.
 */
export function olderOnesAccept(before: readonly ProcessEntry[], answering: number): boolean | 'unknown' {
  const entry = findProcess(answering);
  if (entry === null || !isWorker(titleOf(answering))) return 'unknown';
  return before
    .filter(({ parent, pid }) => parent === entry.parent && pid !== answering)
    .some((worker) => isAlive(worker) && !isLeaving(titleOf(worker.pid)));
}

const isWorker = (title: string): boolean => title.startsWith('nginx: worker process');
/** nginx writes it when it is told to end, and closes what it listens on at once. */
const isLeaving = (title: string): boolean => title.includes('shutting down');

/** What a process calls itself; empty where that is not told. */
function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
