import { setTimeout as sleep } from 'node:timers/promises';
import type { InstanceState } from '@slipway/provider-kit';
import { formatDuration, reasonOf, RetryableError } from '@slipway/provider-kit';
import { tailOf } from '../../../daemon/index.ts';
import type { InstanceRecord } from '../version-record.ts';
import { adopt } from './adopt.ts';
import { recoveredAfterMs } from './back-off.ts';
import { freePort } from './free-port.ts';
import { instanceEnvironment } from './instance-environment.ts';
import type { InstanceOwner } from './instance-owner.ts';
import type { InstanceProcess, Launched } from './launch.ts';
import { launch } from './launch.ts';
import { askReadiness, untilReady } from './readiness.ts';

/** How often a process may end before it was ever ready, until the start is given up. */
const startAttempts = 3;

/** Why an instance was not ready: what it answered, and how it ended; empty where it did not. */
interface NotReady {
  readonly said: string;
  readonly ended: string;
}

/** One of a version's processes: started, watched, started again on the same port when it ends, and stopped. */
export class Instance {
  readonly #owner: InstanceOwner;
  readonly #stopping = new AbortController();
  #record: InstanceRecord;
  /** Whether its process runs, as far as we know. */
  #runs = false;
  #watching: Promise<void> = Promise.resolve();
  #wake = Promise.withResolvers<void>();

  constructor(owner: InstanceOwner, record: InstanceRecord) {
    this.#owner = owner;
    this.#record = record;
  }

  get record(): InstanceRecord {
    return this.#record;
  }

  /** Where it stands in its life; see instanceRecord. Left to its version to save: those that go together are saved together. */
  become(stage: InstanceRecord['stage']): void {
    this.#record = { ...this.#record, stage };
  }

  /** Starts it and resolves when it is ready; from then on it is watched. What it started is left to `end` when this throws. */
  async start(signal: AbortSignal): Promise<void> {
    const { spec } = this.#owner;
    const limit = AbortSignal.timeout(spec.ready.timeoutMs);
    for (let attempt = 1; ; attempt += 1) {
      const launched = await this.#launch(signal);
      const why = await this.#firstReady(launched, AbortSignal.any([signal, limit, this.#stopping.signal]));
      if (why === null) return this.#watch(launched);
      signal.throwIfAborted();
      if (limit.aborted || attempt === startAttempts) throw this.#notReady(limit, why, launched);
      await this.#clear();
      await sleep(this.#owner.control.pauseMs(attempt), undefined, { signal: AbortSignal.any([signal, limit]) }).catch(
        () => undefined,
      );
      signal.throwIfAborted();
      if (limit.aborted) throw this.#notReady(limit, why, launched);
      // Nobody knows its address yet, and the port may have been the cause.
      this.#change({ port: await freePort(this.#owner.takenPorts()) });
    }
  }

  /** Goes on watching a process that a dead supervisor left, or starts a new one on the same port, in the background. */
  resume(): void {
    const { process: identity } = this.#record;
    const adopted = identity === null ? null : adopt(identity);
    this.#runs = adopted !== null;
    this.#watch(adopted);
  }

  /** Starts it at once if it waits for its next start. */
  wake(): void {
    this.#wake.resolve();
  }

  /** Asks the process; what does not run, or is being stopped, is not ready. */
  async state(): Promise<InstanceState> {
    const { id, port, restarts } = this.#record;
    const before = this.#record.process;
    const asked = this.#runs && !this.#stopping.signal.aborted;
    const readiness = asked ? await askReadiness(port, this.#owner.spec.ready) : null;
    // An answer counts only if the process lived through it: another one may have taken the port.
    const lived = this.#runs && this.#record.process === before && !this.#stopping.signal.aborted;
    const ready = readiness?.ready === true && lived;
    return { id, address: `127.0.0.1:${port}`, ready, restarts };
  }

  /** Drains and stops it: SIGTERM, and after `graceMs` SIGKILL. Resolves when no process of it is left. Idempotent. */
  async end(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await this.#watching;
    await this.#owner.control.end(this.#record, graceMs);
    this.#runs = false;
    this.#record = { ...this.#record, process: null };
  }

  async #firstReady(launched: Launched, signal: AbortSignal): Promise<NotReady | null> {
    const over = new AbortController();
    let ended = '';
    void launched.ended.then((how) => {
      ended = how;
      over.abort();
    });
    const said = await untilReady(this.#record.port, this.#owner.spec.ready, AbortSignal.any([signal, over.signal]));
    // The turn in between lets the news of its end arrive: somebody else may have answered on its port.
    await sleep(0);
    if (said === null && !over.signal.aborted) return null;
    return { said: said ?? 'it ended', ended };
  }

  #watch(process: InstanceProcess | null): void {
    this.#watching = this.#keepRunning(process);
  }

  async #keepRunning(first: InstanceProcess | null): Promise<void> {
    const { signal } = this.#stopping;
    const stopped = new Promise<null>((resolve) =>
      signal.addEventListener('abort', () => resolve(null), { once: true }),
    );
    let current = first;
    let endsInARow = 0;
    while (!signal.aborted) {
      const since = performance.now();
      const how = current === null ? 'it does not run' : await Promise.race([current.ended, stopped]);
      if (how === null) return;
      endsInARow = performance.now() - since >= recoveredAfterMs ? 1 : endsInARow + 1;
      const isResumed = current === null && endsInARow === 1;
      current = await this.#replace(how, isResumed ? 0 : this.#owner.control.pauseMs(endsInARow));
    }
  }

  /** Null when there is no new one yet, and why is in the log. */
  async #replace(how: string, pauseMs: number): Promise<InstanceProcess | null> {
    const { signal } = this.#stopping;
    // Before the clearing, which may take seconds: somebody who asks for the version meanwhile must not wait for the pause too.
    const wake = Promise.withResolvers<void>();
    this.#wake = wake;
    if (pauseMs > 0) this.#owner.log(`${this.#record.id} ended (${how}); next start in ${pauseMs} ms`);
    const cleared = await this.#tryToClear();
    await Promise.race([sleep(pauseMs, undefined, { signal }).catch(() => undefined), wake.promise]);
    return cleared && !signal.aborted ? await this.#startAgain() : null;
  }

  /** Nothing is started beside what does not end: it may hold the port, and answer for the new one. */
  async #tryToClear(): Promise<boolean> {
    try {
      await this.#clear();
      return true;
    } catch (thrown) {
      this.#owner.log(`${this.#record.id}: ${reasonOf(thrown)}`);
      return false;
    }
  }

  /** Null when it could not be started, and why is in the log. */
  async #startAgain(): Promise<InstanceProcess | null> {
    try {
      return await this.#launch(this.#stopping.signal, this.#record.restarts + 1);
    } catch (thrown) {
      if (!this.#stopping.signal.aborted)
        this.#owner.log(`${this.#record.id}: ${this.#owner.redact(reasonOf(thrown))}`);
      return null;
    }
  }

  /** The mark is on disk before the process is there, and the pid right after: whenever we are killed, it can be found. */
  async #launch(signal: AbortSignal, restarts = this.#record.restarts): Promise<Launched> {
    const own = await this.#owner.environment(signal);
    signal.throwIfAborted();
    this.#change({ mark: this.#owner.newMark(), restarts });
    const { id, port, mark } = this.#record;
    const { spec } = this.#owner;
    const env = { ...own, ...instanceEnvironment({ spec, port, mark }) };
    return await launch({ spec, env, log: this.#owner.logOf(id) }, (process) => {
      this.#runs = true;
      this.#change({ process });
    });
  }

  /** Ends whatever the last process left behind: it might sit on the port. */
  async #clear(): Promise<void> {
    this.#runs = false;
    await this.#owner.control.end(this.#record, 0);
    this.#change({ process: null });
  }

  #change(change: Partial<InstanceRecord>): void {
    this.#record = { ...this.#record, ...change };
    this.#owner.save();
  }

  #notReady(limit: AbortSignal, { said, ended }: NotReady, { logFrom }: Launched): RetryableError {
    const { id } = this.#record;
    const lines = tailOf(this.#owner.logOf(id), 10, logFrom);
    const wrote = lines === '' ? ' nothing' : `: ${lines.replaceAll(/\s*\n\s*/g, ' | ').slice(-1_200)}`;
    const waited = formatDuration(this.#owner.spec.ready.timeoutMs);
    const what = limit.aborted ? `was not ready after ${waited}: ${said}` : `kept ending before it was ready: ${ended}`;
    return new RetryableError(this.#owner.redact(`Instance ${id} ${what}; it wrote${wrote}`));
  }
}
