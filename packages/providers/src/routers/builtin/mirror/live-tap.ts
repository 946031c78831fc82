import type { IncomingHttpHeaders } from 'node:http';
import type { ByteBudget } from './byte-budget.ts';
import { HeldBody } from './held-body.ts';
import { maxAnswerBytes, maxRequestBytes } from './limits.ts';
import type { LeftOutReason } from './mirror-tally.ts';

/** An answer as far as it is compared. */
export interface HeldAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly latencyMs: number;
  /** Null where bodies are not compared. */
  readonly body: HeldBody | null;
}

/** A request as the live version got it, whole, and what that answered. */
export interface Original {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: HeldBody;
  readonly given: HeldAnswer;
  /** Gives back what is held. Idempotent. */
  release(): void;
}

/** Where a tap's findings go. */
export interface TapSink {
  readonly budget: ByteBudget;
  readonly holdsAnswers: boolean;
  /** The original is the sink's from now on. */
  whole(original: Original): void;
  leftOut(reason: LeftOutReason): void;
}

/**
 * Watches one exchange of the live path and copies what passes. It throws nothing and holds nobody back: whatever goes wrong in it
 * costs its own pair only.
 */
export class LiveTap {
  readonly #sink: TapSink;
  readonly #method: string;
  readonly #body: HeldBody;
  readonly #answer: HeldBody | null;
  #path = '';
  #headers: IncomingHttpHeaders = {};
  #heldForHeaders = 0;
  #sentAt: number | null = null;
  #head: Omit<HeldAnswer, 'body'> | null = null;
  #over = false;

  constructor(method: string, sink: TapSink) {
    this.#sink = sink;
    this.#method = method;
    this.#body = new HeldBody(sink.budget, maxRequestBytes);
    this.#answer = sink.holdsAnswers ? new HeldBody(sink.budget, maxAnswerBytes) : null;
  }

  /** What the live version is sent before the body; the path with its query, as it came. */
  sending(path: string, headers: IncomingHttpHeaders): void {
    this.#safely(() => {
      const bytes = sizeOf(path, headers);
      if (!this.#sink.budget.take(bytes)) return this.#leaveOut('busy');
      this.#heldForHeaders = bytes;
      this.#path = path;
      this.#headers = { ...headers };
    });
  }

  sendingPiece(piece: Uint8Array): void {
    this.#safely(() => {
      this.#body.append(piece);
      if (this.#body.problem !== null) this.#leaveOut(this.#body.problem);
    });
  }

  /** The live version has taken the whole request. */
  sent(): void {
    this.#safely(() => {
      this.#sentAt = performance.now();
    });
  }

  answered(status: number, headers: IncomingHttpHeaders): void {
    this.#safely(() => {
      const now = performance.now();
      const kind = kindOf(headers);
      // Held until it ends, a hundred such streams would leave no room for any other pair.
      if (isEndless(kind.contentType)) return this.#leaveOut('tooLarge');
      // From the end of the upload: the copy has no slow client before it.
      this.#head = { status, ...kind, latencyMs: now - (this.#sentAt ?? now) };
    });
  }

  answeredPiece(piece: Uint8Array): void {
    this.#safely(() => this.#answer?.append(piece));
  }

  /** The answer is whole. Only now is a copy made: of an answer without end, such as a stream of events, there is none. */
  answeredWhole(): void {
    this.#safely(() => {
      if (this.#head === null || this.#sentAt === null) return;
      this.#over = true;
      const release = (): void => this.#release();
      const given = { ...this.#head, body: this.#answer };
      const [method, path, headers] = [this.#method, this.#path, this.#headers];
      this.#sink.whole({ method, path, headers, body: this.#body, given, release });
    });
  }

  /** The exchange ended, however it did. */
  ended(): void {
    this.#safely(() => this.#leaveOut('brokenOff'));
  }

  #leaveOut(reason: LeftOutReason): void {
    this.#over = true;
    this.#release();
    this.#sink.leftOut(reason);
  }

  #release(): void {
    this.#sink.budget.give(this.#heldForHeaders);
    this.#heldForHeaders = 0;
    this.#body.release();
    this.#answer?.release();
  }

  #safely(watch: () => void): void {
    if (this.#over) return;
    try {
      watch();
    } catch {
      this.#over = true;
      this.#release();
    }
  }
}

const longestHeader = 200;

/** Server-sent events: a client leaves them, they do not end. */
function isEndless(contentType: string): boolean {
  return /^\s*text\/event-stream\s*(?:;|$)/i.test(contentType);
}

/** What kind of body these headers say it is. */
export function kindOf(headers: IncomingHttpHeaders): Pick<HeldAnswer, 'contentType' | 'contentEncoding'> {
  const of = (name: string): string => String(headers[name] ?? '').slice(0, longestHeader);
  return { contentType: of('content-type'), contentEncoding: of('content-encoding') };
}

function sizeOf(path: string, headers: IncomingHttpHeaders): number {
  return Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + String(value).length, path.length);
}
