import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { validateHeaderValue } from 'node:http';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import { errors } from 'undici';
import { answerHeaders, requestHeaders } from './headers.ts';
import type { LiveTap } from './mirror/live-tap.ts';
import type { OwnStatus } from './own-answer.ts';
import { answerOurselves } from './own-answer.ts';
import { openTunnel } from './tunnel.ts';
import type { Tally } from './version-tally.ts';

/** One request on its way to one version. */
export interface Passage {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Whether it asks for another protocol. */
  readonly upgrade: boolean;
  /** Of one version, in the order in which to try them. */
  readonly addresses: readonly string[];
  readonly tally: Tally;
  readonly timeoutMs: number;
  /** Headers of the router's own on the answer; names in lower case. */
  readonly added: ReadonlyMap<string, string>;
  /** Copies what passes, for a mirror; null for the requests that none is made of, upgrades among them. */
  readonly tap: LiveTap | null;
}

/** The second address is the last to be tried: to try them all would make a version that is down slow besides. */
const tries = 2;

type Phase = 'waiting' | 'answering' | 'over';

/**
 * Watches over one request that the proxy library carries to its version and back, between the library and its connections, and
 * counts how it came out. A client that leaves is nobody's failure. A try that could not connect has sent nothing, so the next
 * address may have it, whatever the method; once something was sent nothing is repeated.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #passage: Passage;
  readonly #arrivedAt = performance.now();
  readonly #deadline: NodeJS.Timeout;
  readonly #body: Readable | null;
  #library: Dispatcher.DispatchHandler = {};
  #phase: Phase = 'waiting';
  #next = 0;
  /** Null until a connection took the request. */
  #controller: Dispatcher.DispatchController | null = null;
  #awaitsClient = false;
  #status = 0;
  #latency = 0;

  constructor(passage: Passage) {
    this.#passage = passage;
    this.#body = hasBody(passage) ? Readable.from(this.#upload()).on('error', () => undefined) : null;
    if (this.#body === null) passage.tap?.sent();
    this.#deadline = setTimeout(() => this.#late(), passage.timeoutMs);
  }

  start(): void {
    const { reply, added } = this.#passage;
    reply.raw.once('close', () => this.#clientLeft());
    reply.from('/', {
      rewriteRequestHeaders: () => this.#headers(),
      rewriteHeaders: (headers) => answerHeaders(headers, added),
      onResponse: (_request, _reply, { stream }) => this.#passOn(stream),
      onError: (_reply, { error }) => this.#unanswered(error.cause),
      // Without one the library repeats what was answered 503. It takes 0 for "no".
      retryDelay: () => (this.#mayTryAgain() ? 1 : null),
    });
  }

  /** One try of the library's. It has no way to pass a path as it came, a GET's body, or an upgrade: they are put in here. */
  dispatch(
    dispatch: Dispatcher.Dispatch,
    options: Dispatcher.DispatchOptions,
    library: Dispatcher.DispatchHandler,
  ): boolean {
    const { request, addresses, upgrade, tally } = this.#passage;
    const address = String(addresses[this.#next]);
    this.#next += 1;
    tally.sentTo(address);
    const origin = `http://${address}`;
    this.#library = library;
    const { originalUrl: path, headers } = request;
    return dispatch(
      { ...options, origin, path, body: this.#body, upgrade: upgrade ? (headers.upgrade ?? null) : null },
      this,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#controller = controller;
    if (this.#phase === 'over') controller.abort(new Error('the exchange is over'));
    else this.#library.onRequestStart?.(controller, context);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    reason = '',
  ): void {
    // Interim answers (103 Early Hints) are advice that a client can do without.
    if (status < 200) return;
    // What is thrown here fails the request. What the library throws later, at such an answer, ends the process.
    if (status > 599) throw new RangeError(`${status} is no status`);
    // undici reads the words as UTF-8, and a status line is written byte by byte.
    const words = reason.replaceAll(/[^\0-\u00ff]/g, '?');
    validateHeaderValue('status line', words);
    this.#passage.reply.raw.statusMessage = words;
    this.#answered(status);
    this.#passage.tap?.answered(status, headers);
    this.#library.onResponseStart?.(controller, status, headers, reason);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#passage.tap?.answeredPiece(chunk);
    this.#library.onResponseData?.(controller, chunk);
  }

  onResponseEnd(controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    if (this.#phase === 'answering') {
      // Counted before the client can know that it is over, so whoever asks after an answer finds it counted.
      this.#passage.tally.answered(this.#status, this.#latency, Date.now());
      this.#passage.tap?.answeredWhole();
      this.#end();
      addTrailers(this.#passage.reply.raw, trailers);
    }
    this.#library.onResponseEnd?.(controller, trailers);
  }

  onRequestUpgrade(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    upstream: Duplex,
  ): void {
    const { reply, tally, added } = this.#passage;
    if (this.#phase !== 'waiting') {
      upstream.destroy();
      return;
    }
    this.#answered(status);
    tally.answered(status, this.#latency, Date.now());
    this.#phase = 'over';
    upstream.once('close', () => tally.left());
    const kept = { ...answerHeaders(headers, added), connection: 'Upgrade', upgrade: headers.upgrade };
    openTunnel(reply.hijack().raw, upstream, kept);
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#phase === 'answering') {
      this.#passage.tally.failed(Date.now());
      this.#end();
    }
    this.#library.onResponseError?.(controller, error);
  }

  #headers(): IncomingHttpHeaders {
    const { request, tap } = this.#passage;
    const headers = requestHeaders(request.raw);
    tap?.sending(request.originalUrl, headers);
    return headers;
  }

  #passOn(stream: Readable): void {
    const { reply } = this.#passage;
    // The library ends a connection whose request has not come to its end. It will: what comes is read and dropped.
    if (reply.hasHeader('connection')) reply.removeHeader('connection');
    reply.send(stream);
    // The first piece of the body is mostly there already and shares a packet; where it is not, headers must not wait for it.
    setImmediate(() => {
      if (!reply.raw.headersSent) reply.raw.flushHeaders();
    });
  }

  #mayTryAgain(): boolean {
    const { addresses } = this.#passage;
    return this.#phase === 'waiting' && this.#controller === null && this.#next < Math.min(tries, addresses.length);
  }

  #unanswered(cause: unknown): void {
    if (this.#phase !== 'waiting') return;
    if (cause instanceof errors.InvalidArgumentError || cause instanceof errors.NotSupportedError) this.#refuse(400);
    else this.#refuse(502);
  }

  #answered(status: number): void {
    clearTimeout(this.#deadline);
    this.#phase = 'answering';
    this.#status = status;
    this.#latency = performance.now() - this.#arrivedAt;
  }

  #clientLeft(): void {
    if (this.#phase === 'over') return;
    if (this.#phase === 'answering') this.#passage.tally.answered(this.#status, this.#latency, Date.now());
    this.#end();
    this.#controller?.abort(new Error('the client left'));
  }

  #late(): void {
    // A version that has taken all there is waits for the client, not the other way round.
    this.#refuse(this.#awaitsClient ? 408 : 504);
    this.#controller?.abort(new Error('time is up'));
  }

  #refuse(status: OwnStatus): void {
    if (status >= 500) this.#passage.tally.failed(Date.now());
    this.#end();
    answerOurselves(this.#passage.reply, status, this.#passage.added);
  }

  #end(): void {
    clearTimeout(this.#deadline);
    this.#phase = 'over';
    this.#passage.tally.left();
    this.#passage.tap?.ended();
  }

  /** The request's body as the version takes it; each piece gives the version its time anew. */
  async *#upload(): AsyncGenerator<Buffer> {
    const { request, tap } = this.#passage;
    const { raw } = request;
    try {
      this.#awaitsClient = true;
      // To destroy the request would cut the client off before it gets its answer.
      for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
        this.#awaitsClient = false;
        tap?.sendingPiece(chunk);
        yield chunk;
        if (this.#phase === 'waiting') this.#deadline.refresh();
        this.#awaitsClient = true;
      }
      tap?.sent();
    } finally {
      this.#awaitsClient = false;
      // What the client still sends is read and dropped: otherwise its next request on this connection would never be.
      raw.resume();
    }
  }
}

function hasBody({ request, upgrade }: Passage): boolean {
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
  return !upgrade && (coding !== undefined || (length !== undefined && Number(length) > 0));
}

function addTrailers(response: ServerResponse, trailers: IncomingHttpHeaders): void {
  if (Object.keys(trailers).length === 0) return;
  // Before the headers are out, an answer without a body would be given a length, and then has no place for trailers.
  response.flushHeaders();
  response.addTrailers(trailers);
}
