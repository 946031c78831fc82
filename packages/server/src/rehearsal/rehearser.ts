import type { Clock, RehearsalOrder, Rehearser } from '@slipway/engine';
import { formatDuration, type PlanRehearsed, RetryableError, unlessAborted } from '@slipway/provider-kit';
import type { RehearsalSummary } from './rehearsal-summary.ts';

export interface RehearserPorts {
  /** Rejects with the signal's reason, or TerminalError. */
  readonly run: (order: RehearsalOrder, signal: AbortSignal) => Promise<RehearsalSummary>;
  readonly clock: Pick<Clock, 'now'>;
  /** Of Slipway. */
  readonly version: string;
}

/** Milliseconds for which a green rehearsal is used again: a plan with a calendar is another one on another day. */
const REUSE = 24 * 3_600_000;

/** Green ones that are kept, while the server lives. */
const MOST_KEPT = 50;

/** Rehearses one plan after the other: each may take all of a core, and much memory. */
export function createRehearser(ports: RehearserPorts): Rehearser {
  const green = new Map<string, PlanRehearsed>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    rehearse: async (order, { timeoutMs, signal }) => {
      const late = new AbortController();
      const why = `the rehearsal did not end within ${formatDuration(timeoutMs)}: give the check a longer timeout`;
      const timeout = setTimeout(() => late.abort(new RetryableError(why)), timeoutMs);
      const either = AbortSignal.any([signal, late.signal]);
      const mine = turn.then(() => rehearseOnce(ports, { order, green, signal: either }));
      turn = mine.catch(() => null);
      try {
        return await unlessAborted(mine, either);
      } finally {
        clearTimeout(timeout);
      }
    },
  };
}

interface Rehearsing {
  readonly order: RehearsalOrder;
  readonly green: Map<string, PlanRehearsed>;
  readonly signal: AbortSignal;
}

async function rehearseOnce(
  { run, clock, version }: RehearserPorts,
  { order, green, signal }: Rehearsing,
): Promise<PlanRehearsed> {
  signal.throwIfAborted();
  const key = `${order.planDigest} ${order.policy?.digest ?? ''}`;
  const before = green.get(key);
  if (before !== undefined && isRecent(before, clock.now())) return before;
  const from = performance.now();
  const summary = await run(order, signal);
  const found = { ...summary, took: performance.now() - from, at: clock.now(), slipway: version };
  if (summary.ok) keep(green, key, found);
  return found;
}

const isRecent = ({ at }: PlanRehearsed, now: number): boolean => at <= now && now - at <= REUSE;

function keep(green: Map<string, PlanRehearsed>, key: string, found: PlanRehearsed): void {
  green.delete(key);
  green.set(key, found);
  const [oldest] = green.keys();
  if (green.size > MOST_KEPT && oldest !== undefined) green.delete(oldest);
}
