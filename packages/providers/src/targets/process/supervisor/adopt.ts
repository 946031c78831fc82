import type { ProcessIdentity } from '@slipway/provider-kit';
import { isAlive } from '@slipway/provider-kit';
import type { InstanceProcess } from './launch.ts';

const pollMs = 200;

/**
 * Takes over a process that a dead predecessor started; null when it does not run any more. Its end cannot be waited for, as it
 * is not our child: it is looked for instead.
 */
export function adopt(identity: ProcessIdentity): InstanceProcess | null {
  if (!isAlive(identity)) return null;
  const ended = new Promise<string>((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(identity)) return;
      clearInterval(timer);
      resolve('it is gone');
    }, pollMs);
    timer.unref();
  });
  return { identity, ended };
}
