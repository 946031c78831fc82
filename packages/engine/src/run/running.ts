import type { Effect } from '@slipway/core';
import type { Clock } from '../ports/clock.ts';
import type { StopReason } from './outcome-of.ts';

interface Attempt {
  readonly launch: string;
  readonly effect: Effect;
  /** Milliseconds of running time; null: none. */
  readonly timeout: number | null;
  /** Aborted when another process has the effect now. */
  readonly lost: AbortSignal;
}

/** An attempt under way, and the ways in which it can be stopped. */
export interface Stop {
  readonly signal: AbortSignal;
  /** Why it was stopped; null if it was not. */
  reason(): StopReason | null;
  /** Rejects soon after the abort even if the work does not listen to it. */
  orAborted<T>(work: Promise<T>): Promise<T>;
  /** Whether `end` was called, or another process has the work. */
  isOver(): boolean;
  end(): void;
}

const OVER = 'it has ended';

/** What a provider is given to stop by itself before it is no longer waited for, in milliseconds. */
const ABORT_GRACE = 8_000;

/** The effects that run in this process now. */
export class Running {
  readonly #clock: Clock;
  readonly #attempts = new Set<{
    readonly attempt: Attempt;
    readonly stop: (reason: StopReason) => void;
    readonly ended: Promise<void>;
  }>();
  /** Begun, or about to begin, in the log, and not yet at work. */
  readonly #expected = new Set<Promise<void>>();
  draining = false;
  #graceIsOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A shutdown waits for what is about to start: in the log it has begun, and must not be cut before it ran. */
  async expect<T>(starting: Promise<T>): Promise<T> {
    const over = starting.then(
      () => {},
      () => {},
    );
    this.#expected.add(over);
    try {
      return await starting;
    } finally {
      this.#expected.delete(over);
    }
  }

  start(attempt: Attempt): Stop {
    const controller = new AbortController();
    const end = Promise.withResolvers<void>();
    let reason: StopReason | null = null;
    const stop = (why: StopReason): void => {
      // What is another's is another's, whatever else happened to it here.
      reason = why === 'lost' ? why : (reason ?? why);
      controller.abort();
    };
    const entry = { attempt, stop, ended: end.promise };
    this.#attempts.add(entry);
    // What began just before the shutdown and was not seen by it.
    if (this.#graceIsOver || (this.draining && attempt.effect.class === 'read-only')) stop('shutdown');
    const over = new AbortController();
    const { lost } = attempt;
    if (lost.aborted) stop('lost');
    lost.addEventListener('abort', () => stop('lost'), { once: true, signal: over.signal });
    if (attempt.timeout !== null) void this.#timeOut(attempt.timeout, over.signal, stop);
    return {
      signal: controller.signal,
      reason: () => reason,
      isOver: () => over.signal.aborted || reason === 'lost',
      orAborted: (work) => this.#orAborted(work, controller.signal),
      end: () => {
        // By a reason of its own: the usual one is an error with its stack, made for each effect.
        over.abort(OVER);
        this.#attempts.delete(entry);
        end.resolve();
      },
    };
  }

  /** In running time: a clock that is set forward must not end what has just begun. */
  async #timeOut(ms: number, over: AbortSignal, stop: (reason: StopReason) => void): Promise<void> {
    await this.#clock.sleep(ms, over);
    if (!over.aborted) stop('timed-out');
  }

  stopUnwanted(launch: string, wanted: ReadonlySet<string>): void {
    for (const { attempt, stop } of this.#attempts) {
      if (attempt.launch === launch && !wanted.has(attempt.effect.id)) stop('unwanted');
    }
  }

  /** Read-only work is cut at once, the rest is waited for up to `grace` milliseconds. */
  async drain(grace: number): Promise<void> {
    this.draining = true;
    for (const { attempt, stop } of this.#attempts) if (attempt.effect.class === 'read-only') stop('shutdown');
    const cutoff = new AbortController();
    const idle = this.#idle().then(() => cutoff.abort());
    await Promise.race([idle, this.#clock.sleep(grace, cutoff.signal)]);
    this.#graceIsOver = true;
    for (const { stop } of this.#attempts) stop('shutdown');
  }

  async #idle(): Promise<void> {
    while (this.#attempts.size + this.#expected.size > 0)
      await Promise.all([...[...this.#attempts].map((entry) => entry.ended), ...this.#expected]);
  }

  async #orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => {
      void this.#clock.sleep(ABORT_GRACE).then(() => aborted.reject(new Error('it did not stop when it was told to')));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([work, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
