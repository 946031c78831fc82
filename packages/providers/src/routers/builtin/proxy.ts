import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer, METHODS, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import replyFrom from '@fastify/reply-from';
import type { Mirror, RouterCounts, Split } from '@slipway/provider-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fastify } from 'fastify';
import { Agent } from 'undici';
import { TrafficCounts } from './counts.ts';
import { Exchange } from './exchange.ts';
import type { Listen } from './listen.ts';
import { Mirroring } from './mirror/mirroring.ts';
import { answerOurselves } from './own-answer.ts';
import { Routing } from './routing.ts';
import type { RouterSettings } from './settings.ts';
import { cookieOf, recognise } from './sticky.ts';
import { responseOnto } from './tunnel.ts';

/** How the proxy treats requests; all but where it listens. */
export type ProxyRules = Omit<RouterSettings, 'listen'>;

/** As long as usual load balancers keep a connection, so that it is they who close it. */
const clientIdleMs = 75_000;
/** For a whole upload. A version's silence ends a request much earlier. */
const longestUploadMs = 3_600_000;

const closeIdleMs = 50;
const connectTimeoutMs = 5_000;
/** Where a version names no time for idle connections: short, for one that it closes while we send on it is a failed request. */
const idleMs = 1_000;

const maxHeaderBytes = 65_536;

const isWebSocket = (request: IncomingMessage): boolean => request.headers.upgrade?.toLowerCase() === 'websocket';

/** A reverse proxy that splits requests between versions by weight. */
export class Proxy {
  readonly #app = fastify({ rewriteUrl: () => '/' });
  readonly #server: Server;
  readonly #counts: TrafficCounts;
  readonly #current = new AsyncLocalStorage<Exchange>();
  readonly #upgraded = new Set<Socket>();
  #rules: ProxyRules;
  #routing = new Routing({});
  #mirroring: Mirroring | null = null;

  /** `boot` differs from that of every earlier proxy. */
  constructor(rules: ProxyRules, boot: string) {
    this.#rules = rules;
    this.#counts = new TrafficCounts(boot);
    // A method without a body, to Fastify, is one whose body it leaves alone.
    for (const method of METHODS) this.#app.addHttpMethod(method, { overrideExisting: true });
    const agent = new Agent({
      connectTimeout: connectTimeoutMs,
      keepAliveTimeout: idleMs,
      maxHeaderSize: maxHeaderBytes,
      // An exchange has a deadline of its own, and a body may take as long as it likes.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const undici = agent.compose((dispatch) => (options, handler) => {
      const exchange = this.#current.getStore();
      if (exchange === undefined) throw new Error('nothing but an exchange sends');
      return exchange.dispatch(dispatch, options, handler);
    });
    // `never`: the library's types are those of an older undici, whose `signal` is of no type.
    const pool = undici as typeof undici & { readonly request: never };
    this.#app.register(replyFrom, {
      base: 'http://version',
      undici: pool,
      destroyAgent: true,
      disableRequestLogging: true,
    });
    this.#app.all('/', (request, reply) => this.#handle(request, reply));
    const options = {
      keepAliveTimeout: clientIdleMs,
      requestTimeout: longestUploadMs,
      maxHeaderSize: maxHeaderBytes,
      optimizeEmptyRequests: true,
      // Any other protocol that is asked for (h2c) may be declined by a plain answer.
      shouldUpgradeCallback: isWebSocket,
    };
    this.#server = createServer(options, (request, response) => this.#app.routing(request, response));
    this.#server.on('upgrade', (request, socket: Socket, head) => this.#handleUpgrade(request, socket, head));
  }

  /** Where it listens from now on. Rejects with Node's error, e.g. EADDRINUSE. */
  async listen({ host, port }: Listen): Promise<Listen> {
    await this.#app.ready();
    this.#server.listen({ host, port });
    await once(this.#server, 'listening');
    return { host, port: (this.#server.address() as AddressInfo).port };
  }

  /** Acts on the next request, also on connections that are open. What is in flight goes on as it began. */
  apply(rules: ProxyRules, { backends, mirror = null }: Omit<Split, 'revision'>): void {
    this.#rules = rules;
    this.#routing = new Routing(backends);
    this.#counts.route(this.#routing.versions);
    this.#counts.recognise(cookieOf(rules.sticky), this.#routing.carrying);
    this.#mirror(mirror);
  }

  counts(): RouterCounts {
    return { ...this.#counts.read(Date.now()), mirror: this.#mirroring?.read() ?? null };
  }

  /** Accepts no more, gives what is in flight `graceMs` milliseconds, then breaks it off. */
  async close(graceMs: number): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    // A kept-alive connection is idle only after its answer.
    const closeIdle = setInterval(() => this.#server.closeIdleConnections(), closeIdleMs);
    const breakOff = setTimeout(() => {
      this.#server.closeAllConnections();
      for (const socket of this.#upgraded) socket.destroy();
    }, graceMs);
    await closed;
    clearInterval(closeIdle);
    clearTimeout(breakOff);
    await this.#mirroring?.end();
    await this.#app.close();
  }

  #mirror(mirror: Mirror | null): void {
    const { timeoutMs } = this.#rules;
    if (mirror !== null && this.#mirroring?.goOnWith(mirror, timeoutMs) === true) return;
    void this.#mirroring?.end();
    this.#mirroring = mirror === null ? null : new Mirroring(mirror, timeoutMs);
  }

  #handle(request: FastifyRequest, reply: FastifyReply): void {
    const { sticky, versionHeader, timeoutMs } = this.#rules;
    reply.raw.on('error', () => undefined);
    const { key, setCookie } = recognise(sticky, request.headers, () => randomBytes(16).toString('base64url'));
    const added = new Map<string, string>();
    if (setCookie !== null) added.set('set-cookie', setCookie);
    const route = this.#routing.route(key, Math.random());
    if (route === null) return answerOurselves(reply, 503, added);
    const { version, addresses } = route;
    if (versionHeader !== null) added.set(versionHeader, headerValue(version));
    const tally = this.#counts.begin(version, Date.now(), cookieOf(sticky) === null ? null : key);
    const upgrade = this.#upgraded.has(request.socket);
    const tap = upgrade ? null : (this.#mirroring?.watch(request.raw, Math.random()) ?? null);
    const exchange = new Exchange({ request, reply, upgrade, addresses, tally, timeoutMs, added, tap });
    this.#current.run(exchange, () => exchange.start());
  }

  #handleUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.#upgraded.add(socket);
    socket.once('close', () => this.#upgraded.delete(socket));
    socket.on('error', () => undefined);
    if (head.length > 0) socket.unshift(head);
    const response = new ServerResponse(request);
    responseOnto(response, socket);
    this.#app.routing(request, response);
  }
}

/** A version may hold what a header may not. */
function headerValue(version: string): string {
  return /^[\x21-\x7e]+$/.test(version) ? version : encodeURIComponent(version);
}
