import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess, listProcesses } from './process-table.ts';
import { sendSignal } from './send-signal.ts';

const pollMs = 25;
/** A killed process is gone at once, unless it waits for a device. */
const killedWithinMs = 5_000;

/**
 * Asks every process of the group to end (SIGTERM), kills (SIGKILL) those that are left after `graceMs` milliseconds, and
 * resolves when none is left; with false when one is left even then.
 */
export async function endProcessGroup(leader: number, graceMs: number): Promise<boolean> {
  sendSignal(-leader, 'SIGTERM');
  if (await isEmptyWithin(leader, graceMs)) return true;
  sendSignal(-leader, 'SIGKILL');
  return await isEmptyWithin(leader, killedWithinMs);
}

/** The leader may obey at once while a child of it does not: the group counts, not the leader. */
async function isEmptyWithin(leader: number, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (hasMembers(leader)) {
    if (performance.now() >= deadline) return false;
    await sleep(pollMs);
  }
  return true;
}

/** The system call counts zombies, which wait for a parent that may never ask; only the process table tells them apart. */
function hasMembers(leader: number): boolean {
  if (!sendSignal(-leader, 0)) return false;
  // The leader is looked up alone first: to read the whole table for every group that is ended would be dear.
  const found = findProcess(leader);
  if (found !== null && !found.zombie && found.group === leader) return true;
  return listProcesses().some(({ group, zombie }) => group === leader && !zombie);
}
