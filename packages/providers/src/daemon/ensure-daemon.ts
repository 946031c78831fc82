import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { probeDaemon } from './connect-daemon.ts';
import type { DaemonClient } from './daemon-client.ts';
import { filesOf } from './daemon-files.ts';
import { tailOf } from './log-file.ts';
import { privateDirectory } from './private-directory.ts';
import type { EnsureOptions, StartedDaemon } from './start-daemon.ts';
import { startDaemon } from './start-daemon.ts';
import { anotherLives } from './wire.ts';

const pauseMs = 20;

/**
 * A client of the daemon; starts it, detached from this process, when none runs. Any number of callers, in any number of
 * processes, get the same one: of several started at once, all but the one that gets the lock leave. Throws TerminalError
 * when it cannot start, with the last lines it wrote, and RetryableError when it does not answer within `startTimeoutMs`.
 */
export async function ensureDaemon(options: EnsureOptions): Promise<DaemonClient> {
  await privateDirectory(filesOf(options).directory);
  const deadline = performance.now() + options.startTimeoutMs;
  let started: StartedDaemon | null = null;
  for (;;) {
    const probe = await probeDaemon(options);
    if (probe.kind === 'answers') return await settle(probe.client, started);
    if (started?.end() !== undefined) {
      refuseFailure(options, started);
      started = null;
    }
    if (probe.kind === 'absent') started ??= startDaemon(options);
    if (performance.now() >= deadline) {
      started?.kill();
      const reason = probe.kind === 'silent' ? probe.reason : 'it has not started';
      throw new RetryableError(
        `The daemon ${options.name} did not answer within ${options.startTimeoutMs} ms (${reason}): see ${filesOf(options).log}`,
      );
    }
    await Promise.race([sleep(pauseMs), ...(started === null ? [] : [started.ended])]);
  }
}

/** One of ours that lost the race must be gone before we go on: it would come to life if the winner were stopped right now. */
async function settle(client: DaemonClient, started: StartedDaemon | null): Promise<DaemonClient> {
  if (started !== null && started.pid !== client.pid) {
    started.kill();
    await started.ended;
  }
  return client;
}

/** To find another one alive is no failure; any other end is. */
function refuseFailure(options: EnsureOptions, started: StartedDaemon): void {
  const end = started.end();
  if (end === undefined || end === anotherLives) return;
  const tail = tailOf(filesOf(options).log, 5, started.logFrom).replaceAll('\n', ' | ');
  throw new TerminalError(`The daemon ${options.name} ended while starting (${end}): ${tail || 'it wrote nothing'}`);
}
