import { type Command, type Launch, pending, type Rejection, SLIPWAY, type State, hasTurnedBack } from '@slipway/core';
import { LivedTime } from '../clock/lived-time.ts';
import type { Hub } from '../live/hub.ts';
import type { OnAppended } from '../ports/appended.ts';
import type { Clock } from '../ports/clock.ts';
import { type Append, type LaunchStore, VersionConflict } from '../ports/launch-store.ts';
import { CannotGoOn, type WorkQueue } from '../ports/work-queue.ts';
import { StorageError } from '../store/storage-error.ts';
import { type Change, type Made, makeChange, type Making, type Order } from './change.ts';
import { fold } from './fold.ts';
import { Serial } from './serial.ts';
import { isActive } from './standing.ts';
import { overOf, workFor, workOf } from './work-of.ts';

export type Executed =
  /** `next`: the effect that was begun with it, as the order allowed; its work is in the hands of whoever ordered it. */
  | { readonly ok: true; readonly launch: Launch; readonly next: string | null }
  | { readonly ok: false; readonly rejection: Rejection };

interface Ports {
  readonly store: LaunchStore;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly onAppended?: OnAppended;
  readonly making?: Making;
}

const MOST_CONFLICTS = 50;
/** Launches that are over of which the version is kept in mind. */
const MOST_OVER = 1_000;

/** Load, decide, append, publish: the only way in which a launch changes. */
export class Launches {
  readonly #ports: Ports;
  readonly #states = new Map<string, Launch>();
  /** The newest versions of launches that this process brought to their end: the word of it is its own, and their logs are long. */
  readonly #over = new Map<string, number>();
  readonly #serial = new Serial();
  readonly #lived: LivedTime;
  readonly #watchers: ((launch: Launch) => void)[] = [];

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#lived = new LivedTime(ports.clock);
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
    const newest = known?.head.seq ?? this.#over.get(id) ?? 0;
    if (version !== null && version <= newest) return;
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
    this.#lived.see(launch);
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
    const unchanged: Change = { before: taken.launch, events: [], after: taken.launch, next: null };
    const enqueue = pending(taken.launch, now).effects.map((effect) => workFor(taken.launch, effect.id));
    await this.#ports.store.append({ ...appendOf(unchanged, { launch: id }, now), enqueue });
  }

  /** One at a time for each launch in this process; against other processes the version decides. */
  execute(order: Order): Promise<Executed> {
    return this.#serial.run(order.launch, () => this.#execute(order));
  }

  async #execute(order: Order): Promise<Executed> {
    let ordered = order;
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        return await this.#attempt(ordered);
      } catch (error) {
        this.#states.delete(order.launch);
        if (error instanceof CannotGoOn) ordered = withoutGoingOn(ordered);
        const isAgain = error instanceof VersionConflict || error instanceof CannotGoOn;
        if (isAgain && conflicts < MOST_CONFLICTS) continue;
        // The database may have taken it all the same and not have said so: then there is work that nobody was told of.
        this.#ports.queue.nudge();
        throw error;
      }
    }
  }

  async #attempt(order: Order): Promise<Executed> {
    const now = this.#ports.clock.now();
    const running = this.#ports.clock.running();
    const { before, made } = await this.#make(order, now);
    if (!made.ok) {
      if (before.is === 'launch') await this.#drop(before, order, now);
      return made;
    }
    const { change } = made;
    const { events, after, next } = change;
    const append = appendOf(change, order, now);
    await this.#ports.store.append(append);
    if (events.length > 0) this.#ports.onAppended?.({ before, events, after });
    if (append.enqueue.length > 0) this.#ports.queue.nudge();
    this.#lived.see(after, running);
    this.#publish(after, now);
    return { ok: true, launch: after, next };
  }

  /** What is known may be behind. The append finds that out, and it is decided again; a refusal appends nothing, so it rests on the log. */
  async #make(order: Order, now: number): Promise<{ readonly before: State; readonly made: Made }> {
    const { making = makeChange } = this.#ports;
    const { launch, command } = order;
    const known = this.#states.get(launch);
    if (known !== undefined) {
      const made = making(known, { ...order, command: this.#told(command, known) }, now);
      if (made.ok) return { before: known, made };
    }
    const before: State = (await this.find(launch)) ?? { is: 'absent' };
    return { before, made: making(before, { ...order, command: this.#told(command, before) }, now) };
  }

  /** Time that has passed comes in as data, as the wall clock does. */
  #told(command: Command, state: State): Command {
    if (command.type !== 'tick' || state.is === 'absent') return command;
    return { ...command, lived: this.#lived.of(state) };
  }

  /** Work that nobody wants any more leaves the queue without an event. */
  async #drop(launch: Launch, order: Order, now: number): Promise<void> {
    const append = appendOf({ before: launch, events: [], after: launch, next: null }, order, now);
    const complete = overOf(launch, append.complete);
    if (complete.length === 0) return;
    await this.#ports.store.append({ ...append, complete });
    this.#ports.queue.nudge();
  }

  #publish(launch: Launch, now: number): void {
    const active = isActive(launch, now);
    if (active) this.#states.set(launch.id, launch);
    else this.#forget(launch);
    this.#tell(launch, active);
  }

  #forget({ id, head }: Launch): void {
    this.#states.delete(id);
    this.#over.delete(id);
    this.#over.set(id, head.seq);
    const [oldest] = this.#over.keys();
    if (this.#over.size > MOST_OVER && oldest !== undefined) this.#over.delete(oldest);
  }

  #tell(launch: Launch, active: boolean): void {
    for (const watcher of this.#watchers) watcher(launch);
    this.#ports.hub.settled(launch, active);
  }
}

function withoutGoingOn({ goOn, ...order }: Order): Order {
  return goOn === undefined ? order : { ...order, complete: [...(order.complete ?? []), goOn.id] };
}

function appendOf(change: Change, order: Pick<Order, 'launch' | 'complete' | 'goOn'>, now: number): Append {
  const { before, events, after, next } = change;
  const { goOn, complete = [] } = order;
  const settled = goOn === undefined ? complete : [...complete, goOn.id];
  const goesOn = goOn !== undefined && next !== null;
  return {
    launch: after.id,
    name: after.plan.launch,
    expected: before.is === 'launch' ? before.head.seq : 0,
    events,
    enqueue: workOf(after, now),
    complete: goesOn ? complete : settled,
    ...(goesOn ? { goOn: { from: goOn.id, to: workFor(after, next) } } : {}),
    active: isActive(after, now),
    release: after.mode.is === 'ended',
    wayBack: hasTurnedBack(after),
  };
}

function cutOff({ id, head }: Launch, version: number): StorageError {
  const message = `The log of ${id} ends with event ${head.seq}, but its newest was event ${version}: restore the data from a backup.`;
  return new StorageError('damaged', message);
}
