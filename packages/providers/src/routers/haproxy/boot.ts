import type { Backend } from './backend.ts';
import { noCounters } from './counters.ts';
import type { StoredSplit } from './stored-split.ts';

/** HAProxy 2.4 says how long it runs in whole seconds only. */
const roundingMs = 2_000;

/**
 * What is stored, as far as it holds for the HAProxy that answers now: counts of one that is gone are no base to count from. Where
 * only the moment of its start has moved, it was started anew under the same number (as in a container), or the clock was set: then
 * what it has counted so far is left out, for some of it may be of other versions.
 */
export function ofThisBoot(
  stored: StoredSplit,
  { backend, seen, now }: { backend: Backend; seen: Readonly<Record<string, number>>; now: number },
): StoredSplit {
  const { pid, servers } = backend;
  const startedAt = now - backend.uptimeSeconds * 1_000;
  const before = stored.boot;
  const fromZero = before.pid !== pid || servers.some(({ name, counters }) => counters.stot < (seen[name] ?? 0));
  if (!fromZero && Math.abs(before.startedAt - startedAt) <= roundingMs) return stored;
  const counted = new Map(fromZero ? [] : servers.map(({ name, counters }) => [name, counters]));
  const slots = Object.entries(stored.slots).map(([name, slot]) => [
    name,
    { ...slot, base: counted.get(name) ?? noCounters },
  ]);
  const boot = { id: `${pid}-${now}`, pid, startedAt };
  return { ...stored, boot, past: {}, slots: Object.fromEntries(slots) as StoredSplit['slots'] };
}

export function requestsSeen({ servers }: Backend): Readonly<Record<string, number>> {
  return Object.fromEntries(servers.map(({ name, counters }) => [name, counters.stot]));
}
