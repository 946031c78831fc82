import type { Json, ScaleOrder, TargetState, VersionState } from '@slipway/provider-kit';
import { z } from 'zod';
import type { ConnectOptions, DaemonClient } from '../../daemon/index.ts';
import { connectDaemon, ensureDaemon, stopDaemon } from '../../daemon/index.ts';
import { filesOfEnvironment } from './environment-files.ts';
import { RevisionFile } from './revision-file.ts';
import { olderSupervisors, supervisorName, supervisorVersion, targetState, versionState } from './supervisor-wire.ts';
import type { VersionRecord } from './version-record.ts';
import type { SecretValues, VersionSpec } from './version-spec.ts';
import { VersionStore } from './version-store.ts';

const startTimeoutMs = 20_000;
const inspectTimeoutMs = 15_000;
/** On top of what the specification allows: the starts and kills themselves, on a busy machine. */
const marginMs = 30_000;
/** Long enough not to start and end with every call, short enough not to stay behind after a trial. */
const idleMs = 10_000;

export interface StartOrder {
  readonly version: string;
  readonly spec: VersionSpec;
  readonly secrets: SecretValues;
}

/** The supervisor of one environment, as its users see it. */
export class SupervisorClient {
  readonly #environment: string;
  readonly #address: Pick<ConnectOptions, 'directory' | 'name' | 'version' | 'replaces'>;
  readonly #store: VersionStore;
  readonly #revision: RevisionFile;

  /** @param dataDirectory the target's own folder, for all environments */
  constructor(dataDirectory: string, environment: string) {
    const { directory, versions, revision } = filesOfEnvironment(dataDirectory, environment);
    this.#environment = environment;
    this.#address = { directory, name: supervisorName, version: supervisorVersion, replaces: olderSupervisors };
    this.#store = new VersionStore(versions);
    this.#revision = new RevisionFile(revision);
  }

  /** How often something was ordered here. The supervisor writes it down before it does anything, so it need not live. */
  revision(): number {
    return this.#revision.read().revision;
  }

  /** What is on disk of a version; null when it never ran here. */
  record(version: string): VersionRecord | null {
    return this.#store.get(version);
  }

  /** Nothing runs only where no supervisor lives and no record says that something might. Otherwise the supervisor is asked. */
  async inspect(signal: AbortSignal): Promise<TargetState> {
    const client = await this.#running();
    if (client === null) return { versions: [] };
    return targetState.parse(await client.call('inspect', {}, { signal, timeoutMs: inspectTimeoutMs }));
  }

  async start(order: StartOrder, signal: AbortSignal): Promise<VersionState> {
    return await this.#raise('start', order, signal);
  }

  /** Makes exactly `instances` of the version run. */
  async scale(order: StartOrder & Required<ScaleOrder>, signal: AbortSignal): Promise<VersionState> {
    return await this.#raise('scale', order, signal);
  }

  async stop(version: string, signal: AbortSignal): Promise<void> {
    const client = await this.#running();
    if (client === null) return;
    const drainMs = this.#store.get(version)?.spec.drainMs ?? 0;
    await client.call('stop-version', { version }, { signal, timeoutMs: drainMs + marginMs });
  }

  /** Stops every version, then the supervisor itself. */
  async shutdown(signal: AbortSignal): Promise<void> {
    const timeoutMs = Math.max(0, ...this.#store.all().map(({ spec }) => spec.drainMs)) + marginMs;
    const client = await this.#running();
    await client?.call('stop-all', {}, { signal, timeoutMs });
    await stopDaemon({ ...this.#address, timeoutMs });
  }

  async #raise(method: 'start' | 'scale', order: StartOrder, signal: AbortSignal): Promise<VersionState> {
    const client = await this.#ensure();
    // What it runs by may be another specification than the one that is asked for.
    const drainMs = Math.max(order.spec.drainMs, this.#store.get(order.version)?.spec.drainMs ?? 0);
    const timeoutMs = order.spec.ready.timeoutMs + drainMs + marginMs;
    try {
      return versionState.parse(await client.call(method, asJson(order), { signal, timeoutMs }));
    } catch (thrown) {
      // The daemon ends what it started when the call is aborted; that is over when the next call for the version is answered.
      if (signal.aborted) await this.#settled(order.version);
      throw thrown;
    }
  }

  /** Waits until the supervisor has done with a version whatever was asked of it before. */
  async #settled(version: string): Promise<void> {
    const client = await this.#running();
    const signal = new AbortController().signal;
    await client?.call('settled', { version }, { signal, timeoutMs: marginMs });
  }

  async #running(): Promise<DaemonClient | null> {
    const client = await connectDaemon(this.#address);
    if (client !== null) return client;
    const mayRun = this.#store.all().some(({ state }) => state !== 'stopped');
    return mayRun ? await this.#ensure() : null;
  }

  async #ensure(): Promise<DaemonClient> {
    return await ensureDaemon({
      ...this.#address,
      entry: new URL('./supervisor/main.ts', import.meta.url),
      settings: { environment: this.#environment, idleMs },
      startTimeoutMs,
    });
  }
}

const asJson = (value: unknown): Json => z.json().parse(value);
