import type { ProcessIdentity } from '@slipway/provider-kit';
import {
  endProcessGroup,
  findByEnvironment,
  findProcess,
  isOfThisBoot,
  RetryableError,
  sendSignal,
} from '@slipway/provider-kit';
import type { InstanceRecord } from '../version-record.ts';
import { markVariable } from './instance-environment.ts';

/**
 * Ends an instance's processes: the group that the recorded one leads is asked (SIGTERM) and killed after `graceMs`, what left the
 * group but carries the mark is killed. Resolves when nothing is left; throws RetryableError when something is left even then.
 */
export async function endProcesses(record: Pick<InstanceRecord, 'process' | 'mark'>, graceMs: number): Promise<void> {
  const { process: leader, mark } = record;
  const ended = leader === null || !isOurGroup(leader) || (await endProcessGroup(leader.pid, graceMs));
  killStrays(mark);
  if (ended) return;
  throw new RetryableError(`Process group ${leader.pid} does not end, even killed: see what it waits for`);
}

/** Kills every process whose mark begins so, wherever it went, but those to spare. */
export function killStrays(mark: string, spared: ReadonlySet<number> = new Set()): void {
  for (const { pid } of findMarked(mark)) if (!spared.has(pid)) sendSignal(pid, 'SIGKILL');
}

/** The processes whose mark begins so. */
export const findMarked = (mark: string): ReturnType<typeof findByEnvironment> =>
  findByEnvironment(markVariable, (found) => found.startsWith(mark));

/**
 * A pid goes to somebody else in time, and so does the number of a group. A group whose leader is gone can be ours only since the
 * leader was seen in this boot.
 */
function isOurGroup(leader: ProcessIdentity): boolean {
  const found = findProcess(leader.pid);
  return found === null ? isOfThisBoot(leader) : found.started === leader.started;
}
