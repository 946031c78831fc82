import {
  type Actor,
  type Command,
  decide,
  type Decision,
  type Launch,
  pending,
  type Rejection,
  SLIPWAY,
  type State,
} from '@slipway/core';
import type { Hub } from '../live/hub.ts';
import type { OnAppended } from '../ports/appended.ts';
import type { Clock } from '../ports/clock.ts';
import { type Append, type LaunchStore, VersionConflict } from '../ports/launch-store.ts';
import type { Work, WorkQueue } from '../ports/work-queue.ts';
import { sealEvents } from '../store/chain.ts';
import { StorageError } from '../store/storage-error.ts';
import { fold } from './fold.ts';
import { Serial } from './serial.ts';

export type Executed =
  | { readonly ok: true; readonly launch: Launch }
  | { readonly ok: false; readonly rejection: Rejection };

export interface Order {
  readonly launch: string;
  readonly command: Command;
  readonly actor: Actor;
  /** Work that this command settles. */
  readonly complete?: readonly string[];
}

interface Ports {
  readonly store: LaunchStore;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly onAppended?: OnAppended;
}

interface Decided {
  readonly before: State;
  readonly decision: Decision;
}

const MOST_CONFLICTS = 50;

/** Load, decide, append, publish: the only way in which a launch changes. */
export class Launches {
  readonly #ports: Ports;
  readonly #states = new Map<string, Launch>();
  readonly #serial = new Serial();
  readonly #watchers: ((launch: Launch) => void)[] = [];

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Called after every change that this process made, or found that another one had made. */
  onChange(watcher: (launch: Launch) => void): void {
    this.#watchers.push(watcher);
  }

  /** Launches folded in memory that may still want something. */
  active(): readonly Launch[] {
    return [...this.#states.values()];
  }

  /**
   * Another process may have changed it: whoever watches looks again, and what it no longer wants is stopped here too.
   * `version`: of the event that was heard of. What this process knows already, such as its own word, is not read back.
   */
  heard(id: string, version: number | null = null): Promise<void> {
    return this.#serial.run(id, () => this.#heard(id, version));
  }

  async #heard(id: string, version: number | null): Promise<void> {
    const known = this.#states.get(id);
    if (known !== undefined && version !== null && version <= known.head.seq) return;
    const launch = await this.find(id);
    // Those that are over are not kept in memory, so that reading them is no news.
    if (launch !== null && known === undefined && !this.#states.has(id)) this.#tell(launch, false);
  }

  /** As this process knows it, which may be behind what others did: good for what an append checks, and for nothing else. */
  known(id: string): Launch | null {
    return this.#states.get(id) ?? null;
  }

  /** As the log has it. */
  async find(id: string): Promise<Launch | null> {
    const known = this.#states.get(id);
    const row = await this.#ports.store.find(id);
    if (row === null) return null;
    if (known !== undefined && known.head.seq === row.version) return known;
    const state = fold(await this.#ports.store.read(id));
    if (state.is === 'absent') return null;
    if (state.head.seq < row.version) throw cutOff(state, row.version);
    if (this.#states.get(id) === known) this.#learn(state, known);
    return state;
  }

  /** Whoever reads it first tells the others: the word that comes later finds it known. */
  #learn(launch: Launch, known: Launch | undefined): void {
    const active = isActive(launch, this.#ports.clock.now());
    if (active) this.#states.set(launch.id, launch);
    else this.#states.delete(launch.id);
    if (active || known !== undefined) this.#tell(launch, active);
  }

  /**
   * The queue is disposable: whatever the log wants and the queue has lost is enqueued again, what has been started included.
   * Work that is being handled, by this process or another one, is not delivered a second time.
   */
  async takeUp(id: string): Promise<void> {
    const taken = await this.execute({ launch: id, command: { type: 'tick' }, actor: SLIPWAY });
    if (!taken.ok) return;
    const now = this.#ports.clock.now();
    const rest = { expected: taken.launch.head.seq, events: [], complete: [], now };
    const enqueue = pending(taken.launch, now).effects.map((effect) => workFor(taken.launch, effect.id));
    await this.#ports.store.append({ ...this.#append(taken.launch, rest), enqueue });
  }

  /** One at a time for each launch in this process; against other processes the version decides. */
  execute(order: Order): Promise<Executed> {
    return this.#serial.run(order.launch, () => this.#execute(order));
  }

  async #execute(order: Order): Promise<Executed> {
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        return await this.#attempt(order);
      } catch (error) {
        this.#states.delete(order.launch);
        if (error instanceof VersionConflict && conflicts < MOST_CONFLICTS) continue;
        // The database may have taken it all the same and not have said so: then there is work that nobody was told of.
        this.#ports.queue.nudge();
        throw error;
      }
    }
  }

  async #attempt(order: Order): Promise<Executed> {
    const now = this.#ports.clock.now();
    const { before, decision } = await this.#decide(order, now);
    if (!decision.ok) {
      if (before.is === 'launch') await this.#drop(before, order.complete ?? []);
      return decision;
    }
    const head = before.is === 'launch' ? before.head : { seq: 0, hash: '' };
    const events = sealEvents(order.launch, head, decision.drafts, now);
    const after = fold(events, before);
    if (after.is === 'absent') throw new Error(`command ${order.command.type} led to no launch`);
    const append = this.#append(after, { expected: head.seq, events, now, complete: order.complete ?? [] });
    await this.#ports.store.append(append);
    if (events.length > 0) this.#ports.onAppended?.({ before, events, after });
    if (append.enqueue.length > 0) this.#ports.queue.nudge();
    this.#publish(after, now);
    return { ok: true, launch: after };
  }

  /** What is known may be behind. The append finds that out, and it is decided again; a refusal appends nothing, so it rests on the log. */
  async #decide({ launch, command, actor }: Order, now: number): Promise<Decided> {
    const known = this.#states.get(launch);
    if (known !== undefined) {
      const decision = decide(known, command, { now, actor });
      if (decision.ok) return { before: known, decision };
    }
    const before: State = (await this.find(launch)) ?? { is: 'absent' };
    return { before, decision: decide(before, command, { now, actor }) };
  }

  #append(after: Launch, change: Pick<Append, 'expected' | 'events' | 'complete'> & { readonly now: number }): Append {
    const { expected, events, complete, now } = change;
    const ended = after.mode.is === 'ended';
    return {
      launch: after.id,
      name: after.plan.launch,
      expected,
      events,
      enqueue: workOf(after, now),
      complete,
      active: isActive(after, now),
      release: ended,
      wayBack: isOnWayBack(after),
    };
  }

  /**
   * Work that nobody wants any more leaves the queue without an event. Not so that of an effect under way: whoever was refused
   * had stalled, and its successor's death would go unseen without the row.
   */
  async #drop(launch: Launch, unwanted: readonly string[]): Promise<void> {
    const now = this.#ports.clock.now();
    const complete = unwanted.filter((id) => launch.effects[id.slice(launch.id.length + 1)]?.is !== 'started');
    if (complete.length === 0) return;
    await this.#ports.store.append(this.#append(launch, { expected: launch.head.seq, events: [], complete, now }));
    this.#ports.queue.nudge();
  }

  #publish(launch: Launch, now: number): void {
    const active = isActive(launch, now);
    if (active) this.#states.set(launch.id, launch);
    else this.#states.delete(launch.id);
    this.#tell(launch, active);
  }

  #tell(launch: Launch, active: boolean): void {
    for (const watcher of this.#watchers) watcher(launch);
    this.#ports.hub.settled(launch, active);
  }
}

/** Whether the launch may still want something: a person, time, or an effect. */
function isActive(launch: Launch, now: number): boolean {
  if (launch.mode.is !== 'ended') return true;
  const { effects, wakeAt } = pending(launch, now);
  return effects.length > 0 || wakeAt !== null;
}

/** Scrubbed and rolled back are its end: that must be recorded, too. */
function isOnWayBack({ mode }: Launch): boolean {
  switch (mode.is) {
    case 'running':
    case 'held':
      return false;
    case 'stopping':
    case 'undoing':
    case 'incomplete':
      return true;
    case 'ended':
      return mode.cause !== null;
  }
}

/** Effects to be begun, and the next moment to look. What has been begun has its work in the queue already. */
function workOf(launch: Launch, now: number): readonly Work[] {
  const { effects, wakeAt } = pending(launch, now);
  const begin = effects
    .filter((effect) => launch.effects[effect.id]?.is !== 'started')
    .map((effect) => workFor(launch, effect.id));
  if (wakeAt === null) return begin;
  // The due time is part of the id: an older wake-up that is being handled cannot take the newer one with it.
  return [...begin, { id: `${launch.id}/~tick@${wakeAt}`, launch: launch.id, effect: null, dueAt: wakeAt }];
}

/** Due at once, whatever the clock says: it may have been set back since the last look. */
function workFor(launch: Launch, effect: string): Work {
  return { id: `${launch.id}/${effect}`, launch: launch.id, effect, dueAt: 0 };
}

function cutOff({ id, head }: Launch, version: number): StorageError {
  const message = `The log of ${id} ends with event ${head.seq}, but its newest was event ${version}: restore the data from a backup.`;
  return new StorageError('damaged', message);
}
