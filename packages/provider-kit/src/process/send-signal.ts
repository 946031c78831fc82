/** Sends a signal to a process, or with a negative number to a group. False when there is none; 0 only asks. */
export function sendSignal(target: number, name: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    return process.kill(target, name);
  } catch (thrown) {
    // ESRCH: gone. EPERM: a member changed its user; it lives, and this process can do nothing about it.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH') return false;
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM') return true;
    throw thrown;
  }
}
