import { createEngine, type Engine, type EnginePorts, type LaunchStore, type StoredEvent } from '@slipway/engine';
import { createRedactor } from '@slipway/provider-kit';
import { ALONE } from '../virtual/alone.ts';
import { type Life, virtualClock } from '../virtual/life.ts';
import { MemoryQueue } from '../virtual/memory-queue.ts';
import { type MemoryLaunches, memoryStore, mortalStore } from '../virtual/memory-store.ts';
import type { MemoryWork } from '../virtual/memory-work.ts';
import type { Timeline } from '../virtual/timeline.ts';
import { watchedStore } from '../virtual/watched-store.ts';
import type { Beginning } from './beginning.ts';
import { type HandlerParts, rehearsalHandlers } from './handlers.ts';
import type { PortChanges } from './port-changes.ts';

/** What outlives a process. */
export interface Disk {
  readonly launches: MemoryLaunches;
  readonly work: MemoryWork;
}

export interface ProcessParts {
  readonly disk: Disk;
  readonly timeline: Timeline;
  readonly life: Life;
  readonly beginning: Pick<Beginning, 'making'>;
  readonly changes: PortChanges;
  readonly handlers: Omit<HandlerParts, 'clock'>;
  /** Told of what was stored, before the engine is. */
  readonly took: (events: readonly StoredEvent[]) => void;
  readonly onError: (error: unknown) => void;
}

export interface Process {
  readonly engine: Engine;
  /** As the engine sees it. */
  readonly store: LaunchStore;
}

/** A process comes to life: a new engine over what the one before left on the disk. */
export function createProcess(parts: ProcessParts): Process {
  const { disk, timeline, life, beginning, changes, handlers, took } = parts;
  const clock = virtualClock(timeline, timeline, life);
  const onError = (error: unknown): void => {
    if (!life.over) parts.onError(error);
  };
  const queue = new MemoryQueue({ table: disk.work, clock, life, onError });
  const store = mortalStore(watchedStore(changes.store(memoryStore(disk.launches, queue, life)), took), life);
  const ports: EnginePorts = {
    store,
    queue,
    leases: ALONE,
    clock,
    handlers: changes.handlers(rehearsalHandlers({ ...handlers, clock })),
    redactor: createRedactor(),
    making: changes.making(beginning.making),
    // No lease is taken where one process is alone.
    renewEvery: Infinity,
    onError,
  };
  return { engine: createEngine(ports), store };
}
