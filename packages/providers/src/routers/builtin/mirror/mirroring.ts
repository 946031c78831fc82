import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Mirror, MirrorCounts } from '@slipway/provider-kit';
import { Agent } from 'undici';
import { BoundedQueue } from './bounded-queue.ts';
import { ByteBudget } from './byte-budget.ts';
import { comparePair } from './compare-pair.ts';
import { BodyComparer } from './comparing/body-comparer.ts';
import { HeldBody } from './held-body.ts';
import { compareTimeoutMs, maxAnswerBytes, maxHeldBytes, maxInFlight, maxWaiting } from './limits.ts';
import type { Original, TapSink } from './live-tap.ts';
import { LiveTap } from './live-tap.ts';
import type { LeftOutReason } from './mirror-tally.ts';
import { MirrorTally } from './mirror-tally.ts';
import { mirrorMark, sendCopy } from './send-copy.ts';

const connectTimeoutMs = 5_000;
const idleMs = 1_000;
const maxHeaderBytes = 65_536;

/** One mirror, from when it is set until another one is: chooses requests, sends their copies, compares, counts. */
export class Mirroring implements TapSink {
  readonly budget = new ByteBudget(maxHeldBytes);
  readonly #tally: MirrorTally;
  readonly #queue = new BoundedQueue<Original>((original) => this.#carryOut(original), maxInFlight, maxWaiting);
  readonly #comparer: BodyComparer | null;
  readonly #agent = new Agent({
    connections: maxInFlight,
    connectTimeout: connectTimeoutMs,
    keepAliveTimeout: idleMs,
    maxHeaderSize: maxHeaderBytes,
    // A copy has a deadline of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  #mirror: Mirror;
  #timeoutMs: number;
  #turn = 0;
  #ended = false;

  /** `timeoutMs` as for a version that is routed to. */
  constructor(mirror: Mirror, timeoutMs: number) {
    this.#mirror = mirror;
    this.#timeoutMs = timeoutMs;
    this.#tally = new MirrorTally(mirror.version, randomUUID());
    const { body } = mirror.compare;
    this.#comparer = body === null ? null : new BodyComparer(body, compareTimeoutMs);
  }

  get holdsAnswers(): boolean {
    return this.#comparer !== null;
  }

  /**
   * Goes on with another mirror where what is counted stays the same: its version, what is compared, and of which methods. Its
   * addresses and share may be others. False, with nothing changed, where counts have to begin again.
   */
  goOnWith(mirror: Mirror, timeoutMs: number): boolean {
    if (!isDeepStrictEqual(identityOf(mirror), identityOf(this.#mirror))) return false;
    this.#mirror = mirror;
    this.#timeoutMs = timeoutMs;
    return true;
  }

  /** What is to watch over this request; null where no copy is made of it. `uniform`, in [0, 1), decides by the share. */
  watch({ method = '', headers }: IncomingMessage, uniform: number): LiveTap | null {
    const { share, methods } = this.#mirror;
    if (headers[mirrorMark] !== undefined || !methods.includes(method)) return null;
    return uniform * 100 < share ? new LiveTap(method, this) : null;
  }

  whole(original: Original): void {
    if (this.#ended) return original.release();
    if (this.#queue.offer(original)) return;
    original.release();
    this.leftOut('busy');
  }

  leftOut(reason: LeftOutReason): void {
    this.#tally.leftOut(reason);
  }

  read(): MirrorCounts {
    return this.#tally.read();
  }

  /** Breaks off what is on its way. Rejects never. */
  async end(): Promise<void> {
    this.#ended = true;
    for (const original of this.#queue.clear()) original.release();
    this.#comparer?.close();
    await this.#agent.destroy().catch(() => undefined);
  }

  async #carryOut(original: Original): Promise<void> {
    const held = this.holdsAnswers ? new HeldBody(this.budget, maxAnswerBytes) : null;
    const tally = this.#tally.version;
    tally.begin(Date.now());
    try {
      const mirror = await sendCopy(this.#route(), original, held);
      if (mirror === null) {
        tally.failed(Date.now());
        return this.leftOut('brokenOff');
      }
      const { given } = original;
      tally.answered(mirror.status, mirror.latencyMs, Date.now());
      this.#tally.given.record(given.latencyMs);
      const verdict = await comparePair({ given, mirror }, this.#mirror.compare, this.#comparer);
      this.#tally.compared(verdict, original, Date.now());
    } finally {
      tally.left();
      held?.release();
      original.release();
    }
  }

  #route() {
    const { addresses } = this.#mirror;
    this.#turn = (this.#turn + 1) % Math.max(1, addresses.length);
    const inTurn = [...addresses.slice(this.#turn), ...addresses.slice(0, this.#turn)];
    return { agent: this.#agent, addresses: inTurn, timeoutMs: this.#timeoutMs };
  }
}

function identityOf({ version, methods, compare }: Mirror): unknown {
  return { version, methods: methods.toSorted(), compare };
}
