import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { codeOf, Failure, reasonOf } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import { isHealthy } from './health.ts';
import { isAlive, type LocalServer } from './local-server.ts';

const LOOK_EVERY_MS = 50;

/** Tells a server to end and waits until it is gone. Throws Failure where it is not the server, or does not end. */
export async function stopServer(server: LocalServer, context: Context, m: Messages): Promise<void> {
  // The file may be old and its number be another process's by now.
  if (!(await isHealthy(server.endpoint.url))) {
    if (!isAlive(server.pid)) return;
    throw new Failure('unavailable', m.failures.notSurelyServer(server.pid));
  }
  terminate(server.pid, m);
  const until = context.now() + context.timing.serverStop;
  while (context.now() < until) {
    if (!isAlive(server.pid)) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Failure('unavailable', m.failures.doesNotEnd(server.pid));
}

function terminate(pid: number, m: Messages): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw new Failure('not-allowed', m.failures.cannotEnd(pid, reasonOf(error)));
  }
}
