import { setTimeout as sleep } from 'node:timers/promises';

/** Asks every process of the group to stop (SIGTERM), and kills (SIGKILL) those that are left after `graceMs` milliseconds. */
export async function endProcessGroup(leader: number, graceMs: number): Promise<void> {
  signalGroup(leader, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  // The leader may obey at once while a child of it does not: the group counts, not the leader.
  while (isAlive(leader)) {
    if (performance.now() >= deadline) {
      signalGroup(leader, 'SIGKILL');
      return;
    }
    await sleep(20);
  }
}

function isAlive(leader: number): boolean {
  try {
    return process.kill(-leader, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function signalGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // ESRCH: the group is gone. EPERM: a member runs as another user; nothing more can be done from here.
    if (codeOf(error) !== 'ESRCH' && codeOf(error) !== 'EPERM') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
