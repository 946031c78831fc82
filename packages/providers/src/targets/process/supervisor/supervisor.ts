import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { TargetState, VersionState } from '@slipway/provider-kit';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { InstanceRecord, VersionRecord } from '../version-record.ts';
import type { SecretValues, VersionSpec } from '../version-spec.ts';
import type { VersionStore } from '../version-store.ts';
import { freePort } from './free-port.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { ManagedVersion, unprovenGraceMs } from './managed-version.ts';
import { sweepOrphans } from './orphans.ts';
import type { ProcessControl } from './process-control.ts';
import type { Surroundings } from './surroundings.ts';
import type { VersionLogs } from './version-logs.ts';

export interface SupervisorOptions {
  readonly environment: string;
  /** The environment's folder: its digest marks the processes as this supervisor's. */
  readonly directory: string;
  readonly store: VersionStore;
  readonly logs: VersionLogs;
  readonly control: ProcessControl;
  readonly log: (line: string) => void;
}

export interface StartOrder {
  readonly version: string;
  readonly spec: VersionSpec;
  readonly secrets: SecretValues;
}

export interface PartOrder extends StartOrder {
  readonly instances: number;
  readonly leaving: readonly string[];
}

/** Keeps the versions of one environment running. */
export class Supervisor {
  readonly #versions = new Map<string, ManagedVersion>();
  readonly #starting = new Map<string, AbortController>();
  readonly #queue = new KeyedQueue();
  readonly #surroundings: Surroundings;
  readonly #markPrefix: string;

  private constructor(options: SupervisorOptions) {
    const { environment, store, logs, log, control } = options;
    this.#markPrefix = `${createHash('sha256').update(options.directory).digest('hex').slice(0, 16)}.`;
    this.#surroundings = {
      environment,
      store,
      logs,
      log,
      control,
      takenPorts: () =>
        new Set([...this.#versions.values()].flatMap(({ instances }) => instances.map(({ port }) => port))),
      newMark: () => `${this.#markPrefix}${randomUUID()}`,
    };
  }

  /**
   * Takes over what the records say: adopts processes that live, starts again what died of a version that should run, and ends
   * what was being started or stopped when the predecessor died, for nobody waits for it any more. None of that is waited for: a
   * process that does not end must not keep the rest of the environment from being asked.
   */
  static open(options: SupervisorOptions): Supervisor {
    const supervisor = new Supervisor(options);
    const records = options.store.all();
    options.logs.keepOnly(records.map(({ version }) => version));
    const mayRun = records.filter(({ state }) => state !== 'stopped');
    sweepOrphans(supervisor.#markPrefix, mayRun);
    for (const record of mayRun) supervisor.#takeOver(record);
    return supervisor;
  }

  /** Whether no version runs, starts or stops. */
  get empty(): boolean {
    return this.#versions.size === 0;
  }

  async inspect(): Promise<TargetState> {
    return { versions: await Promise.all([...this.#versions.values()].map((version) => version.state())) };
  }

  /** See TargetProvider.start. Aborting ends what this call started, and nothing else. */
  async start(order: StartOrder, signal: AbortSignal): Promise<VersionState> {
    return await this.#queue.run(order.version, async () => {
      const running = await this.#cleared(order.version, signal);
      return await this.#raise(order, Math.max(order.spec.instances, running?.instances.length ?? 0), signal);
    });
  }

  /** See Scaling.scale. Aborting ends what this call started; what it has begun to stop is stopped. */
  async scale({ instances, leaving, ...order }: PartOrder, signal: AbortSignal): Promise<VersionState> {
    if (instances === 0) {
      await this.stop(order.version);
      return { version: order.version, instances: [] };
    }
    return await this.#queue.run(order.version, async () => {
      const running = await this.#cleared(order.version, signal);
      if (running === undefined) return await this.#raise(order, instances, signal);
      // A plan may have another number since: here the number is what is asked for, and no part of the configuration.
      const asked = { ...order, spec: { ...order.spec, instances: running.spec.instances } };
      const more = instances - running.instances.length;
      if (more > 0 || (more === 0 && isDeepStrictEqual(running.spec, asked.spec)))
        return await this.#raise(asked, instances, signal);
      if (more < 0) await running.shrink(instances, new Set(leaving));
      else await this.#unlessCalledOff(order.version, signal, (until) => running.ready(until));
      return await running.state();
    });
  }

  /** See TargetProvider.stop. A start of the version that is under way is called off. */
  async stop(version: string): Promise<void> {
    this.#starting.get(version)?.abort(new RetryableError(`${version} was stopped while it started`));
    await this.#queue.run(version, async () => {
      const running = this.#versions.get(version);
      if (running === undefined) return;
      running.become('stopping');
      await running.end(running.spec.drainMs);
      this.#settle(version);
    });
  }

  /** Resolves when whatever was asked of the version before is over. */
  async settled(version: string): Promise<void> {
    await this.#queue.run(version, () => Promise.resolve());
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#versions.keys()].map((version) => this.stop(version)));
  }

  /** Ends every process but leaves the records as they are: the next supervisor starts again what should run. */
  async suspend(): Promise<void> {
    const versions = [...this.#versions.values()];
    await Promise.all(versions.map((version) => version.end(version.spec.drainMs)));
  }

  /** The version, without what nobody waits for any more; undefined: it does not run. */
  async #cleared(version: string, signal: AbortSignal): Promise<ManagedVersion | undefined> {
    signal.throwIfAborted();
    const running = this.#versions.get(version);
    await running?.clear();
    return running;
  }

  /** Brings a version up to so many instances, or waits for those that it has. */
  async #raise(order: StartOrder, instances: number, signal: AbortSignal): Promise<VersionState> {
    const { version, spec, secrets } = order;
    const running = this.#versions.get(version);
    if (running === undefined) return await this.#startNew(order, instances, signal);
    if (!isDeepStrictEqual(running.spec, spec)) {
      throw new TerminalError(`${version} already runs here with another configuration: stop it first`);
    }
    running.provide(secrets);
    const added = await this.#newInstances(version, instances - running.instances.length);
    await this.#unlessCalledOff(version, signal, async (until) => {
      if (added.length > 0) await running.grow(added, until);
      await running.ready(until);
    });
    return await running.state();
  }

  async #startNew(order: StartOrder, count: number, signal: AbortSignal): Promise<VersionState> {
    const { version, spec, secrets } = order;
    const { store } = this.#surroundings;
    const proven = store.get(version)?.proven ?? null;
    const instances = await this.#newInstances(version, count);
    const started = new ManagedVersion(this.#surroundings, {
      version,
      spec,
      proven,
      instances: [...instances],
      state: 'starting',
      changedAt: Date.now(),
    });
    this.#versions.set(version, started);
    try {
      started.provide(secrets);
      started.become('starting');
      await this.#unlessCalledOff(version, signal, (until) => started.start(until));
      return await started.state();
    } catch (thrown) {
      await started.end(unprovenGraceMs);
      this.#settle(version);
      throw thrown;
    }
  }

  /** A stop of the version calls off what is under way. */
  async #unlessCalledOff(
    version: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const calledOff = new AbortController();
    this.#starting.set(version, calledOff);
    try {
      await start(AbortSignal.any([signal, calledOff.signal]));
    } finally {
      this.#starting.delete(version);
    }
  }

  /** Numbered from the lowest that the version has free. */
  async #newInstances(version: string, count: number): Promise<readonly InstanceRecord[]> {
    const taken = new Set(this.#surroundings.takenPorts());
    const used = new Set(this.#versions.get(version)?.instances.map(({ id }) => id));
    const instances: InstanceRecord[] = [];
    for (let number = 1; instances.length < count; number += 1) {
      const id = `${version}/${number}`;
      if (used.has(id)) continue;
      const port = await freePort(taken);
      taken.add(port);
      const mark = this.#surroundings.newMark();
      instances.push({ id, port, restarts: 0, stage: 'joining', mark, process: null });
    }
    return instances;
  }

  /** Nothing of it is left: says so on disk, and forgets a version that never got ready. */
  #settle(version: string): void {
    const { store } = this.#surroundings;
    this.#versions.delete(version);
    const record = store.get(version);
    if (record === null) return;
    if (record.proven === null) store.forget(version);
    else store.save({ ...record, spec: record.proven, state: 'stopped', instances: [], changedAt: Date.now() });
    this.#sweepLogs(version);
  }

  /** The log of the version that has just settled stays until another one does: it may tell why it did not get ready. */
  #sweepLogs(settled: string): void {
    const { store, logs, log } = this.#surroundings;
    try {
      logs.keepOnly([settled, ...this.#versions.keys(), ...store.all().map(({ version }) => version)]);
    } catch (thrown) {
      log(`Old logs are not removed: ${reasonOf(thrown)}`);
    }
  }

  #takeOver(record: VersionRecord): void {
    const { version, state } = record;
    const left = new ManagedVersion(this.#surroundings, record);
    this.#versions.set(version, left);
    this.#surroundings.log(`${version} was ${state} when the last supervisor ended`);
    if (state === 'running') left.resume();
    // Not awaited: draining takes its time, and until it is over inspect shows what goes as not ready.
    const over = state === 'running' ? this.#queue.run(version, () => left.clear()) : this.stop(version);
    void over.catch((thrown: unknown) => this.#surroundings.log(reasonOf(thrown)));
  }
}
