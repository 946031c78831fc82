import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '@slipway/provider-kit';
import type { ProcessIdentity } from '../version-record.ts';
import { markEntry } from './instance-environment.ts';
import { findByEnvironment, findProcess, listProcesses } from './process-table.ts';

/** An instance's processes: the group that its leader leads, and those that left the group but carry the mark. */
export interface ProcessGroup {
  readonly leader: number;
  /** In the environment of the leader and so of whatever it starts. */
  readonly mark: string;
}

const pollMs = 25;
/** A killed process is gone at once, unless it waits for a device. */
const killedWithinMs = 5_000;

/**
 * Asks the group to end (SIGTERM), kills it when it has not after `graceMs`, and resolves when nothing of it is left.
 * Throws RetryableError when something is left even then.
 */
export async function endGroup(group: ProcessGroup, graceMs: number): Promise<void> {
  signalGroup(group.leader, 'SIGTERM');
  if (await emptyWithin(group, graceMs)) return killStrays(group.mark);
  await killGroup(group);
}

/** Kills the group and resolves when nothing of it is left. Throws as endGroup does. */
export async function killGroup(group: ProcessGroup): Promise<void> {
  signalGroup(group.leader, 'SIGKILL');
  killStrays(group.mark);
  if (await emptyWithin(group, killedWithinMs)) return;
  throw new RetryableError(`Process group ${group.leader} does not end, even killed: see what it waits for`);
}

/** Kills what is left of a process that was recorded, unless its pid has gone to somebody else meanwhile. */
export async function clearLeftovers(record: { process: ProcessIdentity | null; mark: string }): Promise<void> {
  const { process: identity, mark } = record;
  const found = identity === null ? null : findProcess(identity.pid);
  if (identity === null || (found !== null && found.started !== identity.started)) return killStrays(mark);
  await killGroup({ leader: identity.pid, mark });
}

/** Kills every process whose mark begins so, wherever it went, but those to spare. */
export function killStrays(mark: string, spared: ReadonlySet<number> = new Set()): void {
  for (const { pid } of findByEnvironment(markEntry(mark))) if (!spared.has(pid)) signal(pid, 'SIGKILL');
}

async function emptyWithin({ leader }: ProcessGroup, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (hasMembers(leader)) {
    if (performance.now() >= deadline) return false;
    await sleep(pollMs);
  }
  return true;
}

/** The system call counts zombies, which wait for a parent that may never ask; only the process table tells them apart. */
function hasMembers(leader: number): boolean {
  if (!signal(-leader, 0)) return false;
  // The leader is looked up alone first: to read the whole table for every instance that drains would be dear.
  const found = findProcess(leader);
  if (found !== null && !found.zombie && found.group === leader) return true;
  return listProcesses().some(({ group, zombie }) => group === leader && !zombie);
}

export const signalGroup = (leader: number, name: 'SIGTERM' | 'SIGKILL'): boolean => signal(-leader, name);

function signal(target: number, name: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    return process.kill(target, name);
  } catch (thrown) {
    // ESRCH: gone. EPERM: a member changed its user; it lives, and this process can do nothing about it.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH') return false;
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM') return true;
    throw thrown;
  }
}
