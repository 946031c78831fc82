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

/** A version that runs, is being started or is being stopped. */
export class ManagedVersion implements InstanceOwner {
  readonly #surroundings: Surroundings;
  readonly #redactor: Redactor = createRedactor();
  readonly #instances: readonly Instance[];
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
    const failed = new AbortController();
    const starts = this.#instances.map(async (instance) => {
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
    this.become('running');
  }

  /** Takes over what a dead supervisor left of a version that should run. */
  resume(): void {
    for (const instance of this.#instances) instance.resume();
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

  async state(): Promise<VersionState> {
    const instances = await Promise.all(this.#instances.map((instance) => instance.state()));
    return { version: this.#record.version, instances };
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
