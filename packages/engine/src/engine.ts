import type { Actor, Command, Launch, LaunchPolicy } from '@slipway/core';
import type { Plan } from '@slipway/plan';
import type { Redactor } from '@slipway/provider-kit';
import { SetClock } from './clock/set-clock.ts';
import type { Handlers } from './handlers/handler.ts';
import { LEASE_TTL } from './handlers/lock.ts';
import type { Making } from './launches/change.ts';
import { hearChanges } from './launches/hear-changes.ts';
import { type Executed, Launches } from './launches/launches.ts';
import { Serial } from './launches/serial.ts';
import { Hub } from './live/hub.ts';
import { LiveSharing } from './live/live-sharing.ts';
import { type LiveState, present } from './live/live-state.ts';
import type { OnAppended } from './ports/appended.ts';
import type { Changes } from './ports/changes.ts';
import type { Clock } from './ports/clock.ts';
import type { LaunchRow, LaunchStore, StoredEvent } from './ports/launch-store.ts';
import type { Leases } from './ports/leases.ts';
import type { WorkQueue } from './ports/work-queue.ts';
import { Worker } from './run/worker.ts';
import { Gate } from './store/gate.ts';

export interface EnginePorts {
  readonly store: LaunchStore;
  readonly queue: WorkQueue;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly handlers: Handlers;
  readonly redactor: Redactor;
  /** What other processes on the same database change; left out: there are none. */
  readonly changes?: Pick<Changes, 'listen' | 'broadcast' | 'onBroadcast'>;
  readonly onAppended?: OnAppended;
  /** In the place of `makeChange`: for whoever keeps what it makes. */
  readonly making?: Making;
  /** Milliseconds of running time between renewals of leases. Default: a quarter of their length. Infinity: never, where nobody else could take one. */
  readonly renewEvery?: number;
  /** Told of what failed and is tried again, or was left alone, in the words of `what`. */
  readonly onError?: (error: unknown, what: string) => void;
}

export interface StartOrder {
  readonly plan: Plan;
  readonly planDigest: string;
  /** Absolute folder of the plan. */
  readonly directory: string;
  readonly actor: Actor;
  /** Left out: there is none. */
  readonly policy?: LaunchPolicy;
  /** A launch of this name is there once, whoever starts it: where it is there already the start is refused as a conflict. */
  readonly once?: true;
}

/** What a person may command; the rest is the engine's own. */
export type PersonCommand = Exclude<
  Command,
  { type: 'start' | 'tick' | 'begin-effect' | 'note-effect' | 'settle-effect' }
>;

/** Runs launches. Everything it knows is in the store: it may die at any point. */
export interface Engine {
  start(order: StartOrder): Promise<Executed>;
  command(launch: string, command: PersonCommand, actor: Actor): Promise<Executed>;
  find(launch: string): Promise<Launch | null>;
  list(): Promise<readonly LaunchRow[]>;
  /** See LaunchStore. */
  listActive(): Promise<readonly LaunchRow[]>;
  events(launch: string, after?: number): Promise<readonly StoredEvent[]>;
  /** What is true of it only now, wherever it is being worked on. */
  live(launch: Launch): LiveState;
  /** Calls back on every change and every look; returns the way to stop. */
  listen(launch: string, listener: () => void): () => void;
  /** Takes up every launch that may still want something, and begins to work. */
  open(): Promise<void>;
  /** Lets executive work end for up to `grace` milliseconds, then stops. What is cut is found again at the next start. */
  close(grace: number): Promise<void>;
}

export function createEngine(ports: EnginePorts): Engine {
  const { store, queue, clock, leases, onError = () => {} } = ports;
  const hub = new Hub();
  const launches = new Launches({ ...ports, hub, onAppended: quietly(ports.onAppended, onError) });
  const worker = new Worker({ ...ports, onError, launches, hub });
  const renewing: Renewing = { leases, clock, onError, every: ports.renewEvery ?? LEASE_TTL / 4 };
  const renewal = new AbortController();
  const sharing = ports.changes === undefined ? null : new LiveSharing({ hub, clock, changes: ports.changes });
  const starts = new Serial();
  let stopHearing = (): void => {};
  return {
    // One after the other those that would be after the same number.
    start: (order) => starts.run(order.plan.launch, () => startLaunch(launches, store, order)),
    command: (launch, command, actor) => launches.execute({ launch, command, actor }),
    find: (launch) => launches.find(launch),
    list: () => store.list(),
    listActive: () => store.listActive(),
    events: (launch, after) => store.read(launch, after),
    live: (launch) => present(hub.live(launch.id), launch),
    listen: (launch, listener) => hub.listen(launch, listener),
    open: async () => {
      stopHearing = hearChanges({ ...ports, onError }, launches, hub);
      const left = await takeUp(launches, await store.listActive(), onError);
      await renewLeases(launches, renewing);
      await queue.start((work, lost) => worker.handle(work, lost));
      void keepAtIt(launches, { ...renewing, left }, renewal.signal);
    },
    close: async (grace) => {
      renewal.abort();
      stopHearing();
      await worker.drain(grace);
      await queue.stop();
      sharing?.stop();
    },
  };
}

/** What is written down stays so, whatever becomes of whoever takes note of it. */
function quietly(onAppended: OnAppended = () => {}, onError: Renewing['onError']): OnAppended {
  return (appended) => {
    try {
      onAppended(appended);
    } catch (error) {
      onError(error, 'what was appended is not taken note of');
    }
  };
}

/** Ids are the plan's name with a number: people type them. Two starts at once: the later one takes the next number. */
async function startLaunch(launches: Launches, store: LaunchStore, order: StartOrder): Promise<Executed> {
  const { plan, planDigest, directory, actor, policy, once = false } = order;
  const under = policy === undefined ? {} : { policy };
  for (let number = once ? 1 : (await store.count(plan.launch)) + 1; ; number += 1) {
    const launch = `${plan.launch}-${number}`;
    const executed = await launches.execute({
      launch,
      command: { type: 'start', launch, plan, planDigest, directory, ...under },
      actor,
    });
    if (once || executed.ok || executed.rejection.code !== 'conflict') return executed;
  }
}

/** Launches that are taken up at a time: each asks the database a few times, and waits for its answers. */
const AT_ONCE = 16;

/**
 * Gives those that could not be taken up. The others must not wait for one whose log cannot be read, least of all on a way back;
 * and one that met a database out of breath must not be forgotten.
 */
async function takeUp<Row extends { readonly id: string }>(
  launches: Launches,
  rows: readonly Row[],
  onError: Renewing['onError'],
): Promise<readonly Row[]> {
  const left: Row[] = [];
  const gate = new Gate(AT_ONCE);
  const take = async (row: Row): Promise<void> => {
    await launches.takeUp(row.id).catch((error: unknown) => {
      left.push(row);
      onError(error, `launch ${row.id} cannot be taken up; it is tried again`);
    });
  };
  await Promise.all(rows.map((row) => gate.take(() => take(row))));
  return left;
}

interface Renewing {
  readonly leases: Leases;
  readonly clock: Clock;
  readonly onError: (error: unknown, what: string) => void;
  /** Milliseconds. */
  readonly every: number;
}

async function renewLeases(launches: Launches, { leases, clock, onError }: Renewing): Promise<void> {
  for (const { id } of launches.active()) {
    await leases
      .renew(id, { now: clock.now(), ttl: LEASE_TTL })
      .catch((error: unknown) => onError(error, `the leases of launch ${id} are not renewed`));
  }
}

interface Keeping extends Renewing {
  /** Launches that could not be taken up yet. */
  readonly left: readonly { readonly id: string }[];
}

async function keepAtIt(launches: Launches, keeping: Keeping, signal: AbortSignal): Promise<void> {
  let { left } = keeping;
  const wall = new SetClock(keeping.clock);
  for (;;) {
    await keeping.clock.sleep(keeping.every, signal);
    if (signal.aborted) return;
    // What waits for a time that was near may now wait for one that is far: each is looked at by the new time.
    const again = wall.wasSet() ? [...left, ...launches.active()] : left;
    left = await takeUp(launches, again, keeping.onError);
    await renewLeases(launches, keeping);
  }
}
