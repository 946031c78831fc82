import type { Redactor, VersionState } from '@slipway/provider-kit';
import { createRedactor, formatDuration, RetryableError } from '@slipway/provider-kit';
import type { InstanceRecord, VersionRecord } from '../version-record.ts';
import type { SecretValues } from '../version-spec.ts';
import { secretsOf } from '../version-spec.ts';
import { Instance } from './instance.ts';
import type { InstanceOwner } from './instance-owner.ts';
import type { ProcessControl } from './process-control.ts';
import { untilReady } from './readiness.ts';
import type { Surroundings } from './surroundings.ts';

/** An instance that was never ready has no requests to finish, milliseconds. */
export const unprovenGraceMs = 2_000;

/** A version that runs, is being started or is being stopped. */
export class ManagedVersion implements InstanceOwner {
  readonly #surroundings: Surroundings;
  readonly #redactor: Redactor = createRedactor();
  #instances: readonly Instance[];
  #record: Omit<VersionRecord, 'instances'>;
  #secrets: SecretValues | null;
  readonly #secretsKnown = Promise.withResolvers<void>();

  /** The record is what is on disk, or what will be at the first `save`. */
  constructor(surroundings: Surroundings, { instances, ...record }: VersionRecord) {
    this.#surroundings = surroundings;
    this.#record = record;
    this.#secrets = Object.keys(secretsOf(record.spec)).length === 0 ? {} : null;
    if (this.#secrets !== null) this.#secretsKnown.resolve();
    this.#instances = instances.map((instance) => new Instance(this, instance));
  }

  get spec(): VersionRecord['spec'] {
    return this.#record.spec;
  }

  get control(): ProcessControl {
    return this.#surroundings.control;
  }

  get instances(): readonly InstanceRecord[] {
    return this.#instances.map((instance) => instance.record);
  }

  /** Hands over the secrets' values; the latest ones are used from the next start of an instance on. */
  provide(secrets: SecretValues): void {
    for (const value of Object.values(secrets)) this.#redactor.add(value);
    this.#secrets = secrets;
    this.#secretsKnown.resolve();
  }

  /** Starts every instance and resolves when all are ready. What it started is left to `end` when this throws. */
  async start(signal: AbortSignal): Promise<void> {
    await this.#startAll(this.#instances, signal);
    this.become('running');
  }

  /** Starts these beside the others and resolves when all of them are ready. Nothing is left of them when this throws. */
  async grow(records: readonly InstanceRecord[], signal: AbortSignal): Promise<void> {
    const added = records.map((record) => new Instance(this, record));
    this.#instances = [...this.#instances, ...added];
    this.save();
    try {
      await this.#startAll(added, signal);
    } catch (thrown) {
      await this.#drop(added, unprovenGraceMs);
      throw thrown;
    }
  }

  /** Drains and stops those that go first, and then the last instances in the order of `state`, until so many are left. */
  async shrink(left: number, first: ReadonlySet<string>): Promise<void> {
    const { instances } = await this.state();
    // Whoever asks sends nobody to these any more: that another one has got ready since must not end it in their place.
    const inOrder = [...instances.filter(({ id }) => !first.has(id)), ...instances.filter(({ id }) => first.has(id))];
    const kept = new Set(inOrder.slice(0, left).map(({ id }) => id));
    const leaving = this.#instances.filter(({ record }) => !kept.has(record.id));
    // All of it is on disk before the first is stopped: the next supervisor goes on with it.
    for (const instance of leaving) instance.become('leaving');
    this.save();
    await this.#drop(leaving, this.spec.drainMs);
  }

  /** Takes over what a dead supervisor left of a version that should run. */
  resume(): void {
    for (const instance of this.#instances) if (instance.record.stage === 'serving') instance.resume();
  }

  /** Ends what was joining or leaving when a supervisor died, or did not end when it should. */
  async clear(): Promise<void> {
    const stray = this.#instances.filter(({ record }) => record.stage !== 'serving');
    await this.#drop(stray, this.spec.drainMs);
  }

  /** Resolves when every instance is ready; throws RetryableError when one is not in the time that the specification gives. */
  async ready(signal: AbortSignal): Promise<void> {
    const { ready } = this.spec;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ready.timeoutMs)]);
    const waits = this.#instances.map(async (instance) => {
      instance.wake();
      const why = await untilReady(instance.record.port, ready, limit);
      signal.throwIfAborted();
      if (why === null) return;
      throw new RetryableError(
        `Instance ${instance.record.id} is not ready after ${formatDuration(ready.timeoutMs)}: ${why}`,
      );
    });
    await Promise.all(waits);
  }

  /** Drains and stops every instance; see Instance.end. */
  async end(graceMs: number): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance.end(graceMs)));
  }

  /** Its instances in the order in which they are kept. */
  async state(): Promise<VersionState> {
    const instances = await Promise.all(this.#instances.map((instance) => instance.state()));
    const kept = [...instances.filter(({ ready }) => ready), ...instances.filter(({ ready }) => !ready)];
    return { version: this.#record.version, instances: kept };
  }

  async #startAll(instances: readonly Instance[], signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const starts = instances.map(async (instance) => {
      try {
        await instance.start(AbortSignal.any([signal, failed.signal]));
      } catch (thrown) {
        // The first reason is the one to tell; the others end because of it.
        failed.abort(thrown);
        throw thrown;
      }
    });
    await Promise.allSettled(starts);
    signal.throwIfAborted();
    failed.signal.throwIfAborted();
    for (const instance of instances) instance.become('serving');
    this.save();
  }

  /** What does not end stays, so that it is seen and tried again. */
  async #drop(instances: readonly Instance[], graceMs: number): Promise<void> {
    if (instances.length === 0) return;
    await Promise.all(instances.map((instance) => instance.end(graceMs)));
    this.#instances = this.#instances.filter((instance) => !instances.includes(instance));
    this.save();
  }

  become(state: 'starting' | 'running' | 'stopping'): void {
    const proven = state === 'running' ? this.spec : this.#record.proven;
    this.#record = { ...this.#record, state, proven };
    this.save();
  }

  save(): void {
    const changedAt = Date.now();
    this.#surroundings.store.save({ ...this.#record, changedAt, instances: [...this.instances] });
  }

  log(line: string): void {
    this.#surroundings.log(line);
  }

  redact(text: string): string {
    return this.#redactor.redact(text);
  }

  takenPorts(): ReadonlySet<number> {
    return this.#surroundings.takenPorts();
  }

  newMark(): string {
    return this.#surroundings.newMark();
  }

  logOf(id: string): string {
    return this.#surroundings.logs.pathOf(this.#record.version, id.slice(id.lastIndexOf('/') + 1));
  }

  async environment(signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
    await orAborted(this.#secretsKnown.promise, signal);
    const texts = Object.entries(this.spec.env).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const { environment } = this.#surroundings;
    const told = { SLIPWAY_VERSION: this.#record.version, SLIPWAY_ENVIRONMENT: environment };
    return { ...Object.fromEntries(texts), ...this.#secrets, ...told };
  }
}

async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
