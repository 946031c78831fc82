import { type ChildProcess, fork } from 'node:child_process';
import type { Answer, Question } from './wire.ts';

/** How long a child may take to answer, and to end by itself, in milliseconds: many times what the slowest does. */
const PATIENCE = 900_000;
const LAST_WORDS = 20_000;

export interface ChildOrder {
  /** What the file finds as its first argument. */
  readonly order?: unknown;
  /** Aborted: whoever waits for an answer does so no more. */
  readonly signal: AbortSignal;
}

/** A process of the bench's own that answers questions. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #signal: AbortSignal;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #questions = 0;

  private constructor(child: ChildProcess, signal: AbortSignal) {
    this.#process = child;
    this.#signal = signal;
    const forsake = (): void => this.#fail(signal.reason);
    signal.addEventListener('abort', forsake);
    child.on('message', (answer: Answer) => this.#hear(answer));
    child.once('exit', (code, killer) => {
      signal.removeEventListener('abort', forsake);
      this.#fail(new Error(`a process of the bench ended with ${code ?? killer}`));
    });
  }

  /** SLIPWAY_BENCH_PROFILE names a folder for processor profiles. */
  static async start(file: URL, { order = null, signal }: ChildOrder): Promise<Child> {
    signal.throwIfAborted();
    const folder = process.env['SLIPWAY_BENCH_PROFILE'];
    const execArgv = folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = new Child(fork(file, [JSON.stringify(order)], { execArgv, stdio: [...stdio] }), signal);
    try {
      await child.ask('ready');
    } catch (error) {
      await child.kill();
      throw error;
    }
    return child;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async ask<T>(method: string, params: unknown = null): Promise<T> {
    this.#signal.throwIfAborted();
    this.#questions += 1;
    const id = this.#questions;
    const asked = Promise.withResolvers<unknown>();
    this.#asked.set(id, asked);
    const late = setTimeout(() => asked.reject(new Error(`no answer to ${method}`)), PATIENCE);
    const question: Question = { id, method, params };
    this.#process.send(question, (error) => error !== null && asked.reject(error));
    try {
      return (await asked.promise) as T;
    } finally {
      clearTimeout(late);
      this.#asked.delete(id);
    }
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await this.#end(() => this.#process.kill('SIGKILL'));
  }

  /** It ends by itself when nobody talks to it any more; one that does not is killed. */
  async [Symbol.asyncDispose](): Promise<void> {
    const late = setTimeout(() => this.#process.kill('SIGKILL'), LAST_WORDS);
    await this.#end(() => this.#process.connected && this.#process.disconnect());
    clearTimeout(late);
  }

  async #end(how: () => unknown): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((done) => this.#process.once('exit', done));
    how();
    await ended;
  }

  #hear(answer: Answer): void {
    const asked = this.#asked.get(answer.id);
    if (answer.error === undefined) asked?.resolve(answer.value);
    else asked?.reject(new Error(answer.error));
  }

  #fail(error: unknown): void {
    for (const asked of this.#asked.values()) asked.reject(error);
  }
}
