import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BodyProjection } from '@slipway/provider-kit';
import type { BodyOfAnswer, BodyVerdict } from './compare-bodies.ts';

/** Bodies are some megabytes at most; a JSON path must not take the router's memory. */
const resourceLimits = { maxOldGenerationSizeMb: 128 };

/**
 * Compares bodies in a thread of its own, one pair at a time: to parse, decompress and select is work that requests would wait for,
 * and a JSON path may never come to an end. The thread begins with the first pair.
 */
export class BodyComparer {
  readonly #projection: BodyProjection;
  readonly #timeoutMs: number;
  #thread: Worker | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(projection: BodyProjection, timeoutMs: number) {
    this.#projection = projection;
    this.#timeoutMs = timeoutMs;
  }

  /** Null where no verdict came: it took too long, the thread died, or this is closed. Never rejects. */
  compare(given: BodyOfAnswer, mirror: BodyOfAnswer): Promise<BodyVerdict | null> {
    const verdict = this.#turn.then(() => this.#compare(given, mirror)).catch(() => null);
    this.#turn = verdict;
    return verdict;
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #compare(given: BodyOfAnswer, mirror: BodyOfAnswer): Promise<BodyVerdict | null> {
    if (this.#closed) return null;
    // A copy, since what is handed over is the whole buffer that the bytes are a part of.
    const pair = [given, mirror].map((body) => ({ ...body, bytes: new Uint8Array(body.bytes) }));
    const patience = setTimeout(() => this.#drop(), this.#timeoutMs);
    const over = new AbortController();
    const { signal } = over;
    try {
      const thread = (this.#thread ??= this.#begin());
      thread.postMessage(
        pair,
        pair.map(({ bytes }) => bytes.buffer),
      );
      const died = once(thread, 'exit', { signal }).then(() => null);
      const answer = (await Promise.race([once(thread, 'message', { signal }), died])) as [BodyVerdict] | null;
      return answer?.[0] ?? null;
    } finally {
      clearTimeout(patience);
      // Else a listener would stay for every pair.
      over.abort();
    }
  }

  #begin(): Worker {
    const url = new URL('./comparing-thread.ts', import.meta.url);
    const thread = new Worker(url, { workerData: this.#projection, resourceLimits });
    thread.unref();
    const forget = (): void => {
      if (this.#thread === thread) this.#thread = null;
    };
    // Whoever waits for a verdict hears of it besides; without a listener it would end the process.
    thread.on('error', forget);
    thread.once('exit', forget);
    return thread;
  }

  #drop(): void {
    const thread = this.#thread;
    this.#thread = null;
    thread?.terminate().catch(() => undefined);
  }
}
