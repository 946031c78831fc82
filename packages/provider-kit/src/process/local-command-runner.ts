import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandEnd, CommandRequest, CommandResult, CommandRunner } from './command-runner.ts';
import type { HeadTail } from './head-tail.ts';
import { createHeadTail } from './head-tail.ts';
import { createLineSplitter } from './line-splitter.ts';
import { endProcessGroup } from './process-group.ts';
import type { StartedProcess } from './start-process.ts';
import { startProcess } from './start-process.ts';
import { settleMarked } from './settle-marked.ts';

const KEPT_BYTES = 32 * 1024;
const LINE_CHARACTERS = 4096;
const KILL_AFTER_MS = 5000;
/** A daemon that a command left behind may hold its output open for ever; this is how long its last words are waited for. */
const LAST_WORDS_MS = 1000;
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Runs commands on this machine, each in a process group of its own. When the program itself has exited the command is over;
 * what it left running on purpose (a daemon) stays. At the time-out and on abort nothing stays.
 */
export function createCommandRunner(): CommandRunner {
  return { run, settled: settleMarked };
}

async function run(request: CommandRequest): Promise<CommandResult> {
  const begun = performance.now();
  const output = createHeadTail(KEPT_BYTES);
  const result = (end: CommandEnd): CommandResult => ({
    end,
    output: output.text(),
    cut: output.cut,
    milliseconds: performance.now() - begun,
  });
  if (request.signal.aborted) return result({ kind: 'aborted' });
  const stop = createStop(request);
  try {
    const child = await startProcess(request, (started) => collect(started, { output, request, stop }));
    if ('reason' in child) return result({ kind: 'not-started', reason: child.reason });
    const end = await supervise(child, stop);
    if (stop.failure !== null) throw stop.failure.error;
    return result(end);
  } finally {
    stop.dispose();
  }
}

interface Stop {
  /** Resolves with the reason when the command has to stop; never otherwise. */
  readonly wanted: Promise<CommandEnd>;
  failure: { readonly error: unknown } | null;
  /** Stops because the caller's own `onLine` threw; the caller gets that error back. */
  fail(error: unknown): void;
  dispose(): void;
}

function createStop(request: CommandRequest): Stop {
  const { promise, resolve } = Promise.withResolvers<CommandEnd>();
  const onAbort = (): void => resolve({ kind: 'aborted' });
  const onTimeout = (): void => resolve({ kind: 'timed-out', afterMs: request.timeoutMs });
  const timer = setTimeout(onTimeout, Math.min(request.timeoutMs, LONGEST_TIMER_MS));
  request.signal.addEventListener('abort', onAbort, { once: true });
  return {
    wanted: promise,
    failure: null,
    fail(error) {
      this.failure ??= { error };
      onAbort();
    },
    dispose() {
      clearTimeout(timer);
      request.signal.removeEventListener('abort', onAbort);
    },
  };
}

interface Collecting {
  readonly output: HeadTail;
  readonly request: CommandRequest;
  readonly stop: Stop;
}

function collect(child: StartedProcess, { output, request, stop }: Collecting): void {
  const onLine = (line: string): void => {
    if (stop.failure !== null) return;
    try {
      request.onLine?.(line);
    } catch (error) {
      stop.fail(error);
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    const lines = createLineSplitter(LINE_CHARACTERS, onLine);
    stream.on('data', (chunk: Buffer) => {
      output.push(chunk);
      lines.push(chunk);
    });
    stream.once('close', () => lines.end());
  }
}

async function supervise(child: StartedProcess, stop: Stop): Promise<CommandEnd> {
  const closed = once(child, 'close');
  const exited = exitOf(child);
  const first = await Promise.race([exited, stop.wanted]);
  if (first.kind === 'timed-out' || first.kind === 'aborted') {
    if (child.pid !== undefined) await endProcessGroup(child.pid, KILL_AFTER_MS);
  }
  await settledWithin(closed, LAST_WORDS_MS);
  // Only now: destroying the pipes gives a daemon that still writes a broken pipe, and ends our own reading.
  child.stdout.destroy();
  child.stderr.destroy();
  await settledWithin(closed, LAST_WORDS_MS);
  return first;
}

async function exitOf(child: StartedProcess): Promise<CommandEnd> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode === null
    ? { kind: 'exited', code: child.exitCode ?? -1 }
    : { kind: 'killed', signal: child.signalCode };
}

async function settledWithin(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  const timer = new AbortController();
  const expired = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([promise, expired]);
  timer.abort();
}
