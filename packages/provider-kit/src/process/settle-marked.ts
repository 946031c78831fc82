import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError } from '../errors.ts';
import type { ProcessMark, Settled } from './command-runner.ts';
import type { ProcessEntry } from './process-table.ts';
import { environmentsAreTold, findByEnvironment, findProcess, isAlive, listProcesses } from './process-table.ts';
import { sendSignal } from './send-signal.ts';

const pollMs = 50;
const termGraceMs = 5_000;
/** A killed process is gone at once, unless it waits for a device. */
const killedWithinMs = 5_000;

/** See CommandRunner.settled. */
export async function settleMarked(mark: ProcessMark, signal: AbortSignal): Promise<Settled> {
  if (!environmentsAreTold()) {
    return { kind: 'cannot-tell', reason: 'this operating system does not tell whether an earlier attempt still runs' };
  }
  let left = lookTwice(mark);
  while (left.length > 0 && !signal.aborted) {
    await untilGone(left, signal);
    left = lookTwice(mark, left);
  }
  if (left.length > 0) await end(mark, left);
  signal.throwIfAborted();
  return { kind: 'settled' };
}

/** A process may hand over to its child between the listing and the reading: one empty look is not enough. */
function lookTwice(mark: ProcessMark, known: readonly ProcessEntry[] = []): readonly ProcessEntry[] {
  const seen = look(mark, known);
  return seen.length > 0 ? seen : look(mark, known);
}

/** Whatever carries the mark, or is in a group with one that does or did: a child may have been given another environment. */
function look({ variable, value }: ProcessMark, known: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const spared = lineOfThisProcess();
  const isOther = ({ pid }: ProcessEntry): boolean => !spared.has(pid);
  const carriers = findByEnvironment(variable, (found) => found === value);
  const marked = [...carriers, ...known.filter(isAlive)].filter(isOther);
  if (marked.length === 0) return [];
  const groups = new Set(marked.map(({ group }) => group));
  const members = listProcesses().filter(({ group, zombie }) => groups.has(group) && !zombie);
  const byPid = new Map([...marked, ...members].map((entry) => [entry.pid, entry]));
  return [...byPid.values()].filter(isOther);
}

/** A command may start the very server that asks now: it would wait for itself. */
function lineOfThisProcess(): ReadonlySet<number> {
  const line = new Set<number>();
  for (let pid = process.pid; pid > 0 && !line.has(pid); pid = findProcess(pid)?.parent ?? 0) line.add(pid);
  return line;
}

/** Looks at those alone: to read every environment of the machine at each turn would be dear. */
async function untilGone(left: readonly ProcessEntry[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted && left.some(isAlive)) await sleep(pollMs, undefined, { signal }).catch(() => undefined);
}

async function end(mark: ProcessMark, found: readonly ProcessEntry[]): Promise<void> {
  for (const { pid } of found) sendSignal(pid, 'SIGTERM');
  const begun = performance.now();
  for (let left = found; left.length > 0; left = lookTwice(mark, left)) {
    const ms = performance.now() - begun;
    if (ms >= termGraceMs) for (const { pid } of left) sendSignal(pid, 'SIGKILL');
    if (ms >= termGraceMs + killedWithinMs) throw unendable(left);
    await sleep(pollMs);
  }
}

function unendable(left: readonly ProcessEntry[]): RetryableError {
  const pids = left.map(({ pid }) => pid).join(', ');
  return new RetryableError(`An earlier attempt does not end, even killed (pid ${pids}): see what it waits for`);
}
