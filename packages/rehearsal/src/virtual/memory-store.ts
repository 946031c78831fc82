import { type Append, type LaunchRow, type LaunchStore, type StoredEvent, VersionConflict } from '@slipway/engine';
import { forEver, type Life } from './life.ts';
import type { MemoryQueue } from './memory-queue.ts';

/** A store whose answers a process sees as long as it lives: what is told of an append may be its death. */
export function mortalStore(store: LaunchStore, life: Life): LaunchStore {
  return { ...store, append: (append) => life.sees(store.append(append)) };
}

interface Kept {
  readonly row: LaunchRow;
  readonly events: StoredEvent[];
}

/** Launches as a database would keep them: they outlive the process. */
export type MemoryLaunches = Map<string, Kept>;

/** The launch store of one process over launches in memory. After its death nothing that it asks is ever answered. */
export function memoryStore(launches: MemoryLaunches, queue: MemoryQueue, life: Life): LaunchStore {
  const alive = async <T>(ask: () => T): Promise<T> => (life.over ? await forEver() : ask());
  const rows = (): readonly LaunchRow[] => [...launches.values()].map(({ row }) => row).toReversed();
  return {
    append: (append) => alive(() => take(launches, queue, append)),
    read: (launch, after = 0) => alive(() => launches.get(launch)?.events.slice(after) ?? []),
    find: (launch) => alive(() => launches.get(launch)?.row ?? null),
    list: () => alive(rows),
    listActive: () => alive(() => rows().filter(({ active }) => active)),
    versions: (ids) =>
      alive(() => new Map(rows().flatMap(({ id, version }) => (ids.includes(id) ? [[id, version] as const] : [])))),
    count: (name) => alive(() => rows().filter((row) => row.name === name).length),
  };
}

/** Refuses before it changes anything, as a transaction would take all back. */
function take(launches: MemoryLaunches, queue: MemoryQueue, append: Append): void {
  const { launch, name, expected, events, active, enqueue, complete, goOn } = append;
  const kept = launches.get(launch);
  if ((kept?.row.version ?? 0) !== expected)
    throw new VersionConflict(`Launch ${launch} is not at event ${expected}: read it again.`);
  if (goOn !== undefined) queue.refuse(goOn);
  const startedAt = kept?.row.startedAt ?? events[0]?.at ?? 0;
  const row = { id: launch, name, version: expected + events.length, active, startedAt };
  const log = kept?.events ?? [];
  log.push(...events);
  launches.set(launch, { row, events: log });
  void queue.complete(null, complete);
  if (goOn !== undefined) void queue.goOn(null, goOn);
  void queue.enqueue(null, enqueue);
}
