import { type ChildProcess, fork } from 'node:child_process';
import type { Answer, Question } from './wire.ts';

/** How long a child may take to answer, in milliseconds: many times what the slowest does. */
const PATIENCE = 3_600_000;

/** A process of the bench's own that answers questions. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #questions = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on('message', (answer: Answer) => this.#hear(answer));
    child.once('exit', (code, signal) => this.#fail(new Error(`a process of the bench ended with ${code ?? signal}`)));
  }

  /** `order`: what the file finds as its first argument. SLIPWAY_BENCH_PROFILE names a folder for processor profiles. */
  static async start(file: URL, order: unknown = null): Promise<Child> {
    const folder = process.env['SLIPWAY_BENCH_PROFILE'];
    const execArgv = folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = new Child(fork(file, [JSON.stringify(order)], { execArgv, stdio: [...stdio] }));
    await child.ask('ready');
    return child;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async ask<T>(method: string, params: unknown = null): Promise<T> {
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end(() => this.#process.disconnect());
  }

  async #end(how: () => void): Promise<void> {
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

  #fail(error: Error): void {
    for (const asked of this.#asked.values()) asked.reject(error);
  }
}
