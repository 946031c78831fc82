import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';
import type { Dispatcher } from 'undici';
import { errors } from 'undici';
import type { Tally } from './counts.ts';
import { answerHeaders, requestHeaders } from './headers.ts';
import type { OwnStatus } from './own-answer.ts';
import { answerOurselves } from './own-answer.ts';
import type { Client } from './tunnel.ts';
import { openTunnel } from './tunnel.ts';

/** One request on its way to one version. */
export interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Null for a request that does not ask for another protocol. */
  readonly upgrade: Client | null;
  /** Of one version, in the order in which to try them. */
  readonly addresses: readonly string[];
  readonly upstreamOf: (address: string) => Dispatcher;
  readonly tally: Tally;
  readonly timeoutMs: number;
  /** Headers of the router's own on the answer; names in lower case. */
  readonly added: ReadonlyMap<string, string>;
}

/** The second address is the last to be tried: to try them all would make a version that is down slow besides. */
const tries = 2;

type Phase = 'waiting' | 'answering' | 'tunnel' | 'over';

/**
 * Carries one request to its version and the answer back, streaming both, and counts how it came out. A client that leaves is
 * nobody's failure. A try that could not connect has sent nothing, so the next address may have it, whatever the method; once
 * something was sent nothing is repeated. No method throws: undici takes that badly.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #passage: Passage;
  readonly #arrivedAt = performance.now();
  readonly #body: PassThrough | null;
  readonly #deadline: NodeJS.Timeout;
  #phase: Phase = 'waiting';
  #next = 0;
  /** Null until a connection took the request. */
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #latency = 0;
  #flowing = false;

  constructor(passage: Passage) {
    this.#passage = passage;
    this.#body = bodyOf(passage);
    this.#deadline = setTimeout(() => this.#late(), passage.timeoutMs);
  }

  start(): void {
    this.#passage.response.once('close', () => this.#clientLeft());
    this.#try();
  }

  #try(): void {
    const { request, upgrade, addresses, upstreamOf } = this.#passage;
    const address = addresses[this.#next];
    this.#next += 1;
    if (address === undefined) return this.#fail(502);
    const options = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: requestHeaders(request),
      body: this.#body,
      upgrade: upgrade === null ? null : (request.headers.upgrade ?? null),
    };
    upstreamOf(address).dispatch(options, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#phase === 'over') controller.abort(new Error('the exchange is over'));
  }

  onBodySent(): void {
    if (this.#phase === 'waiting') this.#deadline.refresh();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    message?: string,
  ): void {
    // Interim answers (103 Early Hints) are advice that a client can do without.
    if (status < 200 || this.#phase !== 'waiting') return;
    const { response, added } = this.#passage;
    try {
      response.writeHead(status, message === '' ? undefined : message, answerHeaders(headers, added));
    } catch (error) {
      // It holds what must not be written, such as a control character: that is no answer. Node keeps the words that it refused.
      response.statusMessage = '';
      this.#fail(502);
      controller.abort(error instanceof Error ? error : new Error('not an answer'));
      return;
    }
    this.#answered(status);
    // The first piece of the body is mostly there already and shares a packet; where it is not, headers must not wait for it.
    setImmediate(() => {
      if (this.#phase === 'answering' && !this.#flowing) response.flushHeaders();
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#flowing = true;
    const { response } = this.#passage;
    if (response.write(chunk)) return;
    controller.pause();
    response.once('drain', () => controller.resume());
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    if (this.#phase !== 'answering') return;
    const { response, tally } = this.#passage;
    // Counted before the client can know that it is over, so whoever asks after an answer finds it counted.
    tally.answered(this.#status, this.#latency, Date.now());
    this.#end();
    for (const _name in trailers) {
      response.addTrailers(singles(trailers));
      break;
    }
    response.end();
  }

  onRequestUpgrade(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    upstream: Duplex,
  ): void {
    const { response, upgrade, tally, added } = this.#passage;
    if (this.#phase !== 'waiting' || upgrade === null || upgrade.socket.destroyed) {
      upstream.destroy();
      return;
    }
    this.#answered(status);
    tally.answered(status, this.#latency, Date.now());
    this.#phase = 'tunnel';
    const kept = { ...answerHeaders(headers, added), connection: 'Upgrade', upgrade: headers.upgrade };
    openTunnel(response, { client: upgrade, upstream }, { headers: kept, ended: () => this.#end() });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const { response, tally, addresses } = this.#passage;
    if (this.#phase === 'over') return;
    if (this.#phase !== 'waiting') {
      // Broken off in the middle: the client must not take what it has for the whole.
      tally.failed(Date.now());
      this.#end();
      response.destroy();
    } else if (isInvalid(error)) this.#refuse(400);
    else if (this.#controller === null && this.#next < Math.min(tries, addresses.length)) this.#try();
    else this.#fail(502);
  }

  #answered(status: number): void {
    clearTimeout(this.#deadline);
    this.#phase = 'answering';
    this.#status = status;
    this.#latency = performance.now() - this.#arrivedAt;
  }

  #clientLeft(): void {
    if (this.#phase === 'over' || this.#phase === 'tunnel') return;
    if (this.#phase === 'answering') this.#passage.tally.answered(this.#status, this.#latency, Date.now());
    this.#end();
    this.#controller?.abort(new Error('the client left'));
  }

  #late(): void {
    if (this.#phase !== 'waiting') return;
    // A version that has taken all there is waits for the client, not the other way round.
    if (this.#stalledByClient()) this.#refuse(408);
    else this.#fail(504);
    this.#controller?.abort(new Error('time is up'));
  }

  #stalledByClient(): boolean {
    const body = this.#body;
    if (body === null || this.#controller === null || this.#passage.request.complete) return false;
    return body.readableLength + body.writableLength === 0;
  }

  #fail(status: OwnStatus): void {
    this.#passage.tally.failed(Date.now());
    this.#refuse(status);
  }

  #refuse(status: OwnStatus): void {
    this.#end();
    answerOurselves(this.#passage.response, status, this.#passage.added);
  }

  #end(): void {
    clearTimeout(this.#deadline);
    this.#phase = 'over';
    this.#passage.tally.left();
    if (this.#body === null) return;
    const { request } = this.#passage;
    request.unpipe(this.#body);
    this.#body.destroy();
    // What the client still sends is read and dropped: otherwise its next request on this connection would never be.
    request.resume();
  }
}

/**
 * The body through a stream of its own, or null where the request has none: undici destroys a body when a request fails, and to
 * destroy the request itself would cut the client off before it gets its answer.
 */
function bodyOf({ request, upgrade }: Passage): PassThrough | null {
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
  if (upgrade !== null || (coding === undefined && (length === undefined || Number(length) === 0))) return null;
  const body = new PassThrough();
  body.on('error', () => undefined);
  return request.pipe(body);
}

function isInvalid(error: Error): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
}

function singles(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
